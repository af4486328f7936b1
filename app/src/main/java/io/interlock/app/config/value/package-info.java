/**
 * Syntax of single values of the configuration: addresses, paths, ranges of numbers.
 *
 * <p>Pure; nothing here asks a name server or opens a file.
 */
@NullMarked
package io.interlock.app.config.value;

import org.jspecify.annotations.NullMarked;
