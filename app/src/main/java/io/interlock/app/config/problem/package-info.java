/**
 * Problems of the configuration: place, expected value, value found.
 *
 * <p>Depends on nothing of Interlock.
 */
@NullMarked
package io.interlock.app.config.problem;

import org.jspecify.annotations.NullMarked;
