/**
 * Format of the log: one line for each event, to standard output. Logback finds this package itself; no other package
 * calls its setup.
 *
 * <p>Depends on Logback, which appears nowhere else; everything else logs with SLF4J.
 */
@NullMarked
package io.interlock.app.logging;

import org.jspecify.annotations.NullMarked;
