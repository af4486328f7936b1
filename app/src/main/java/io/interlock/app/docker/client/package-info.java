/**
 * Reads from one Docker Engine over HTTP: lists, inspected containers, events. Sends GET requests only.
 *
 * <p>docker-java is known here and in {@code docker.swarm} only. Every answer is untrusted, and every call has a time limit.
 */
@NullMarked
package io.interlock.app.docker.client;

import org.jspecify.annotations.NullMarked;
