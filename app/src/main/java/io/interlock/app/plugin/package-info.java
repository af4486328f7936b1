/**
 * Loads plugins from a folder of jars, each with a class loader of its own, binds their configuration and keeps whatever
 * they do wrong to themselves. The only package that knows PF4J's manager.
 *
 * <p>Depends on {@code app.config} and the API.
 */
@NullMarked
package io.interlock.app.plugin;

import org.jspecify.annotations.NullMarked;
