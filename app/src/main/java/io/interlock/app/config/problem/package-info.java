/**
 * Problems of the configuration: place, what was expected, what was found.
 *
 * <p>Depends on nothing of Interlock.
 */
@NullMarked
package io.interlock.app.config.problem;

import org.jspecify.annotations.NullMarked;
