/**
 * Certificates from a certificate authority by ACME (RFC 8555), with challenges over HTTP.
 * {@link io.interlock.app.acme.IssuanceManager} orders due certificates, {@link io.interlock.app.acme.AcmeOrderClient}
 * carries out one order, and {@link io.interlock.app.acme.AcmeFolder} holds the data that several instances share: the
 * account, issued certificates, challenges, order locks and failures.
 *
 * <p>The only package that knows acme4j. Depends on {@code app.certificates}, {@code app.config} and the API.
 */
@NullMarked
package io.interlock.app.acme;

import org.jspecify.annotations.NullMarked;
