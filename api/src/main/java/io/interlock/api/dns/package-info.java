/**
 * Extension point for certificates by DNS. A {@link io.interlock.api.dns.DnsProviderFactory} in a plugin creates one
 * {@link io.interlock.api.dns.DnsProvider}, which adds and removes the TXT records with which a certificate authority
 * checks that the operator controls a domain (RFC 8555, 8.4). The host finds the zone, follows aliases and waits until
 * the record is visible; the provider only changes records.
 *
 * <p>Depends on {@link io.interlock.api.plugin}.
 */
@NullMarked
package io.interlock.api.dns;

import org.jspecify.annotations.NullMarked;
