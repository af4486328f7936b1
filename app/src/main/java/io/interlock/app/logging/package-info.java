/**
 * How Interlock writes its log: one line for each event, to standard output. Found by Logback itself; nothing calls it.
 *
 * <p>Depends on Logback, which appears nowhere else; everything else logs with SLF4J.
 */
@NullMarked
package io.interlock.app.logging;

import org.jspecify.annotations.NullMarked;
