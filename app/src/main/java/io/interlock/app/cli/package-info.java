/**
 * The command line: what can be typed, what is printed, and with which exit code it ends. What is done then is behind
 * {@link io.interlock.app.cli.Application}; what a running Interlock answers, behind {@code app.admin}. The texts are made of
 * the same documents that {@code --json} prints.
 *
 * <p>Depends on {@code app.config}, {@code app.admin}, Jackson's tree, java-diff-utils and picocli, which appear nowhere
 * else.
 */
@NullMarked
package io.interlock.app.cli;

import org.jspecify.annotations.NullMarked;
