/**
 * HTTP/1.1 with one engine: GET requests over a unix socket, TCP or TLS.
 *
 * <p>An engine is not trusted: the size of every head, chunk and body is limited while it is read. Redirects are not followed,
 * cookies are not kept, and nothing is decompressed. Time limits belong to the callers, which interrupt the virtual thread of a
 * call. Depends on {@code app.config} and the JDK.
 */
@NullMarked
package io.interlock.app.docker.http;

import org.jspecify.annotations.NullMarked;
