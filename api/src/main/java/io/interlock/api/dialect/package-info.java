/**
 * Extension point of dialects: they read the labels and variables that containers have for another proxy, and say the same in
 * Interlock's container fields.
 *
 * <p>Depends on nothing but {@link io.interlock.api.Experimental}.
 */
@NullMarked
package io.interlock.api.dialect;

import org.jspecify.annotations.NullMarked;
