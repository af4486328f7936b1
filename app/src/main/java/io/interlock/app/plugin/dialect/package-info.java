/**
 * Opens and replaces the dialects that the operator selected.
 *
 * <p>Depends on {@code app.plugin}, {@code app.dialect} and {@code app.config}.
 */
@NullMarked
package io.interlock.app.plugin.dialect;

import org.jspecify.annotations.NullMarked;
