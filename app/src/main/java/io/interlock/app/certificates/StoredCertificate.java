package io.interlock.app.certificates;

import java.nio.file.Path;

/**
 * A certificate that can be shown, in a file that is ours.
 *
 * @param bundle what is known of it
 * @param file a path that stands for this content for ever
 * @param size in bytes
 */
record StoredCertificate(CertificateBundle bundle, Path file, long size) {}
