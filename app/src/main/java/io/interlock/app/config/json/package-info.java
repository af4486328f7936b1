/**
 * Reads JSON and remembers the place of every value, so that a message about a value names its line.
 *
 * <p>Depends on Jackson and {@code app.config.problem}.
 */
@NullMarked
package io.interlock.app.config.json;

import org.jspecify.annotations.NullMarked;
