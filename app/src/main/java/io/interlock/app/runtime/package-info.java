/**
 * The process: its data folder, its end on a signal, its memory.
 *
 * <p>Depends on nothing else of the application.
 */
@NullMarked
package io.interlock.app.runtime;

import org.jspecify.annotations.NullMarked;
