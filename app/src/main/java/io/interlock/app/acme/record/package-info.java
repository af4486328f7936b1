/**
 * What is written down about the certificate of a name: attempts and their pauses, the pending order, recent orders, and
 * when the certificate is renewed. {@link io.interlock.app.acme.record.AcmeFolder} holds it, for all instances that share
 * the folder.
 *
 * <p>Depends on {@code app.certificates}, acme4j's JSON, and the API.
 */
@NullMarked
package io.interlock.app.acme.record;

import org.jspecify.annotations.NullMarked;
