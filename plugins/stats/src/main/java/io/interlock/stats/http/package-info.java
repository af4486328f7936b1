/**
 * The plugin's own HTTP listener, never the public one: who may look, over what, and what is sent with every answer. What
 * the answers are is the caller's matter.
 *
 * <p>Depends on the JDK.
 */
@NullMarked
package io.interlock.stats.http;

import org.jspecify.annotations.NullMarked;
