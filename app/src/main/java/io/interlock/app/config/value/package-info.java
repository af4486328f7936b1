/**
 * Syntax of single values of the configuration: addresses and paths.
 *
 * <p>Pure: sends no requests to a name server and opens no file.
 */
@NullMarked
package io.interlock.app.config.value;

import org.jspecify.annotations.NullMarked;
