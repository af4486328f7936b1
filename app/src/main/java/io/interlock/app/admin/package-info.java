/**
 * Answers commands to a running Interlock over a unix socket in its data folder, which only its own user may open. A
 * request is one line, the answer one JSON document ({@code events follow}: one for each line, without end).
 * Everything is limited: the length of a request, the connections at one time, and the time of each.
 *
 * <p>{@link io.interlock.app.admin.AdminCommands} holds the commands; {@link io.interlock.app.admin.AdminJsonMapper}
 * the form of the answers; {@link io.interlock.app.admin.AdminServer} and {@link io.interlock.app.admin.AdminClient}
 * are the two ends of the socket.
 *
 * <p>Depends on {@code app.status}, Jackson and the API.
 */
@NullMarked
package io.interlock.app.admin;

import org.jspecify.annotations.NullMarked;
