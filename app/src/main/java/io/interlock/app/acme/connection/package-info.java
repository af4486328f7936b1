/**
 * Requests to certificate authorities: the certificates to trust, the authority's clock, and how long it is overloaded.
 *
 * <p>Depends on acme4j and {@code util}.
 */
@NullMarked
package io.interlock.app.acme.connection;

import org.jspecify.annotations.NullMarked;
