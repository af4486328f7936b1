/**
 * One plugin's jar, from its manifest to a bound configuration: {@link io.interlock.pluginhost.PluginManifest} and
 * {@link io.interlock.pluginhost.JarInspection} look at the file without running anything of it,
 * {@link io.interlock.pluginhost.LoadedPlugin} gives it a class loader of its own that sees the API and nothing else, and
 * {@link io.interlock.pluginhost.SectionBinder} binds its section of the configuration file. The only package that knows
 * PF4J's manager.
 *
 * <p>Apart from the application, so that the test kit can load a plugin as the application does. Depends on the API.
 */
@NullMarked
package io.interlock.pluginhost;

import org.jspecify.annotations.NullMarked;
