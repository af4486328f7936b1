/**
 * Reads the configuration again while Interlock runs, tells what changed, and has it applied.
 *
 * <p>Depends on {@code app.config}, {@code app.runtime} and the API. {@code app.LiveConfigApplier} knows the parts that
 * change.
 */
@NullMarked
package io.interlock.app.liveconfig;

import org.jspecify.annotations.NullMarked;
