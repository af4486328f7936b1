/**
 * Reads from one Docker Engine over HTTP: lists, inspected containers, events. Sends GET requests only.
 *
 * <p>The only package that knows docker-java. Every answer is untrusted and limited in size and time.
 */
@NullMarked
package io.interlock.app.docker.client;

import org.jspecify.annotations.NullMarked;
