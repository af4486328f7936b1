/**
 * Certificates: which there are, what is wrong with them, and which one each name is shown.
 * {@link io.interlock.app.tls.CertificateFolder} looks at what lies in a folder, {@link io.interlock.app.tls.BundleReader}
 * judges a text, {@link io.interlock.app.tls.Held} decides between what a file holds now and what it held before,
 * {@link io.interlock.app.tls.Choice} which certificate is for which name, and
 * {@link io.interlock.app.tls.Encryption} brings them together. What is good is copied
 * ({@link io.interlock.app.tls.CertificateCopies}), and only copies are ever shown.
 *
 * <p>Depends on the API, {@code app.config} for reading PEM text, and {@code app.folder}.
 */
@NullMarked
package io.interlock.app.tls;

import org.jspecify.annotations.NullMarked;
