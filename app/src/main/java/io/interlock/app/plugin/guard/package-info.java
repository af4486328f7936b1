/**
 * Calls into plugins: each call has the context class loader of the plugin, a time limit, and turns what is thrown
 * into a result.
 *
 * <p>Nothing outside of this package calls a plugin directly.
 */
@NullMarked
package io.interlock.app.plugin.guard;

import org.jspecify.annotations.NullMarked;
