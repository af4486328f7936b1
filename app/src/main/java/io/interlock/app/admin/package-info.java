/**
 * Answers questions about a running Interlock over a unix socket in its data folder, which only its own user may open. One
 * line is a question, one JSON document the answer ({@code events follow}: one a line, without end). Everything is bounded:
 * the length of a question, the connections at one time, and how long each may take.
 *
 * <p>{@link io.interlock.app.admin.Questions} knows what can be asked, of a running Interlock or of one that only looked
 * once; {@link io.interlock.app.admin.Documents} how answers look; {@link io.interlock.app.admin.AdminServer} and
 * {@link io.interlock.app.admin.AdminClient} are the two ends of the socket.
 *
 * <p>Depends on {@code app.status}, Jackson and the API.
 */
@NullMarked
package io.interlock.app.admin;

import org.jspecify.annotations.NullMarked;
