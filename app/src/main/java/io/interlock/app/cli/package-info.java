/**
 * The command line: what can be typed, what is printed, and with which exit code it ends. What is done then is behind
 * {@link io.interlock.app.cli.Application}.
 *
 * <p>Depends on {@code app.config} and picocli, which appears nowhere else.
 */
@NullMarked
package io.interlock.app.cli;

import org.jspecify.annotations.NullMarked;
