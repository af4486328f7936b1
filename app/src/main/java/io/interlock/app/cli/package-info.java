/**
 * The command line: syntax, output and exit codes. The work is behind {@link
 * io.interlock.app.cli.InterlockApplication}; the answers of a running Interlock are behind {@code app.admin}. The
 * texts are made of the documents that {@code --json} prints.
 *
 * <p>Depends on {@code app.config}, {@code app.admin}, Jackson's tree, java-diff-utils and picocli, which appear
 * nowhere else.
 */
@NullMarked
package io.interlock.app.cli;

import org.jspecify.annotations.NullMarked;
