/**
 * Challenges of certificate authorities that are answered in the DNS (RFC 8555, 8.4).
 * {@link io.interlock.app.dns.DnsChallengeService} finds the zone of a record, has it added and removed, and waits until
 * it is visible. {@link io.interlock.app.dns.DnsProviderManager} opens the providers of plugins and serializes the calls
 * of each.
 *
 * <p>Depends on {@code app.dns.message}, {@code app.plugin}, {@code app.config} and the API.
 */
@NullMarked
package io.interlock.app.dns;

import org.jspecify.annotations.NullMarked;
