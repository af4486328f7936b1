/**
 * Certificates from a certificate authority by ACME (RFC 8555), with challenges over HTTP: {@link
 * io.interlock.app.acme.Issuing} sees to it that each name that wants one has one that is not old,
 * {@link io.interlock.app.acme.Issuer} orders one, and {@link io.interlock.app.acme.AcmeFolder} holds what several Interlocks
 * share: the account, what was issued, what is to be answered, who is ordering, what failed. The only package that knows
 * acme4j.
 *
 * <p>Depends on {@code app.tls}, {@code app.config} and the API.
 */
@NullMarked
package io.interlock.app.acme;

import org.jspecify.annotations.NullMarked;
