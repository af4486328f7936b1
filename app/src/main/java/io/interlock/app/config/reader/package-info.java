/**
 * Reads the configuration file, lays the command line and the environment over it, and binds it to the records of
 * {@code app.config}. Reads files and nothing else: starts nothing, writes nothing.
 *
 * <p>Depends on {@code app.config} and {@code app.config.key}.
 */
@NullMarked
package io.interlock.app.config.reader;

import org.jspecify.annotations.NullMarked;
