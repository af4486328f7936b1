/**
 * Certificates from a certificate authority by ACME (RFC 8555), with challenges over HTTP or by way of the
 * DNS.
 * {@link io.interlock.app.acme.IssuanceManager} finds due certificates, {@link io.interlock.app.acme.IssuanceWorker}
 * makes one attempt, {@link io.interlock.app.acme.AcmeOrderClient} takes an order from step to step, and
 * {@link io.interlock.app.acme.IssuanceJournal} writes each step down before it is taken.
 * {@link io.interlock.app.acme.record.AcmeFolder} holds the data that several instances share: the account, issued
 * certificates, challenges, locks, and the orders.
 *
 * <p>The only package that knows acme4j. Depends on {@code app.acme.record}, {@code app.certificates}, {@code app.config}, {@code app.dns} and the API.
 */
@NullMarked
package io.interlock.app.acme;

import org.jspecify.annotations.NullMarked;
