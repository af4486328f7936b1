/**
 * How long to wait before something that failed is tried again.
 *
 * <p>Depends on nothing else of the application.
 */
@NullMarked
package io.interlock.app.retry;

import org.jspecify.annotations.NullMarked;
