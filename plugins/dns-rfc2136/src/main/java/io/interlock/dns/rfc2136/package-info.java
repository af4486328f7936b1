/**
 * DNS provider that changes zones by dynamic updates (RFC 2136), signed with TSIG (RFC 8945).
 *
 * <p>Depends on the API and dnsjava, and no other part of Interlock.
 */
@NullMarked
package io.interlock.dns.rfc2136;

import org.jspecify.annotations.NullMarked;
