/**
 * Reads the engines once, decides what a running Interlock would serve, and serves nothing: for {@code check}, {@code
 * explain} and {@code render} without a running Interlock.
 *
 * <p>Writes no file.
 */
@NullMarked
package io.interlock.app.dryrun;

import org.jspecify.annotations.NullMarked;
