/**
 * DNS provider that uses acme-dns, a name server with an HTTP API that serves nothing but answers to challenges.
 *
 * <p>Depends on the API, and no other part of Interlock.
 */
@NullMarked
package io.interlock.dns.acmedns;

import org.jspecify.annotations.NullMarked;
