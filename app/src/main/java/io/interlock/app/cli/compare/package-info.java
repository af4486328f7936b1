/**
 * The same requests to two proxies, and the differences of their answers: for {@code interlock migrate --compare}.
 *
 * <p>Depends on {@code util}.
 */
@NullMarked
package io.interlock.app.cli.compare;

import org.jspecify.annotations.NullMarked;
