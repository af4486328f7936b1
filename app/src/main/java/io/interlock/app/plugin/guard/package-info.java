/**
 * Guards calls to plugins: each call has the context class loader of the plugin and a time limit, and an exception
 * becomes a result.
 *
 * <p>Nothing outside of this package calls a plugin directly.
 */
@NullMarked
package io.interlock.app.plugin.guard;

import org.jspecify.annotations.NullMarked;
