/**
 * Reads JSON of engines as a stream: what is not selected is skipped unread, and what is kept has a limit.
 *
 * <p>An engine passes on what its containers say, so a document may be larger than the memory. Depends on Jackson.
 */
@NullMarked
package io.interlock.app.docker.json;

import org.jspecify.annotations.NullMarked;
