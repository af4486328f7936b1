package io.interlock.app.certificates;

import java.nio.file.Path;

/**
 * Certificate that can be shown, in a file of Interlock's own.
 *
 * @param bundle the names and dates of the certificate
 * @param file a path that stands for this content for ever
 * @param size in bytes
 */
record StoredCertificate(CertificateBundle bundle, Path file, long size) {}
