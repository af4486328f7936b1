/**
 * Reads the configuration file, applies the command line and the environment, and binds the result to the records of
 * {@code app.config}. Only reads files: starts nothing, writes nothing.
 *
 * <p>Depends on {@code app.config} and its other sub-packages.
 */
@NullMarked
package io.interlock.app.config.reader;

import org.jspecify.annotations.NullMarked;
