/**
 * The process and its files: the data folder, the end on a signal, memory, watched folders.
 *
 * <p>Depends on nothing else of the application.
 */
@NullMarked
package io.interlock.app.runtime;

import org.jspecify.annotations.NullMarked;
