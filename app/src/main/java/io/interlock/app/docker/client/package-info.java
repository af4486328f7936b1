/**
 * Reads from one Docker Engine over HTTP: lists, inspected containers, events. Sends GET requests only.
 *
 * <p>Every answer is untrusted and read as a stream ({@code docker.json}), and every call has a time limit.
 */
@NullMarked
package io.interlock.app.docker.client;

import org.jspecify.annotations.NullMarked;
