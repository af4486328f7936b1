/**
 * Manages the folder of plugin jars while it changes. {@link io.interlock.app.plugin.PluginManager} leads from the jars
 * in use to the jars in the folder, and reports on each ({@link io.interlock.app.plugin.PluginReport}).
 *
 * <p>Depends on {@code app.config}, {@code app.capability}, the module {@code plugin-host} and the API.
 */
@NullMarked
package io.interlock.app.plugin;

import org.jspecify.annotations.NullMarked;
