/**
 * Answers commands to a running Interlock over a Unix socket in its data folder, which only its own user can open. A
 * request is one line, the answer is one JSON document. The answer to {@code events follow} is one document for each
 * line, without end. The length of a request, the number of connections and the time for each are limited.
 *
 * <p>{@link io.interlock.app.admin.AdminCommands} holds the commands; {@link io.interlock.app.admin.AdminJsonMapper}
 * writes the answers; {@link io.interlock.app.admin.AdminServer} and {@link io.interlock.app.admin.AdminClient} are the
 * two ends of the socket.
 *
 * <p>Depends on {@code app.status}, Jackson and the API.
 */
@NullMarked
package io.interlock.app.admin;

import org.jspecify.annotations.NullMarked;
