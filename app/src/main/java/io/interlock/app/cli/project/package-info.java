/**
 * The command {@code plugins new}: {@link io.interlock.app.cli.project.PluginTemplate} reads the templates that the Maven
 * archetypes have too, and {@link io.interlock.app.cli.project.PluginProjectCommand} writes a project from one.
 *
 * <p>Depends on nothing else of the application.
 */
@NullMarked
package io.interlock.app.cli.project;

import org.jspecify.annotations.NullMarked;
