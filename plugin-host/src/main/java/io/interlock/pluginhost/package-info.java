/**
 * Jar of one plugin, from its manifest to a bound configuration. {@link io.interlock.pluginhost.PluginManifest} and
 * {@link io.interlock.pluginhost.JarInspection} read the file without running its code,
 * {@link io.interlock.pluginhost.LoadedPlugin} gives it a class loader of its own that sees only the API, and
 * {@link io.interlock.pluginhost.PluginSectionBinder} binds its section of the configuration file. The only package
 * that knows PF4J's manager.
 *
 * <p>Separate from the application, so that the test kit can load a plugin in the same way. Depends on the API.
 */
@NullMarked
package io.interlock.pluginhost;

import org.jspecify.annotations.NullMarked;
