/**
 * The folder of plugin jars: detects which jars are complete, and keeps private copies of those in use.
 *
 * <p>Loads no class.
 */
@NullMarked
package io.interlock.app.plugin.jar;

import org.jspecify.annotations.NullMarked;
