/**
 * The folder of plugin jars: which jars are complete, and private copies of those that are used.
 *
 * <p>Loads no class.
 */
@NullMarked
package io.interlock.app.plugin.jar;

import org.jspecify.annotations.NullMarked;
