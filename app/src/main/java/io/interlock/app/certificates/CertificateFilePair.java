package io.interlock.app.certificates;

import io.interlock.api.status.CertificateStatus.Origin;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Files of a certificate, as the last scan of their folder found them.
 *
 * @param id the name of the certificate, for people
 * @param origin the owner of the folder
 * @param certificate the file with the certificate and its chain
 * @param key the file with the key; may be the same
 * @param stamp a text that changes whenever one of the files may have changed
 * @param modified when one of the files was last modified
 */
record CertificateFilePair(String id, Origin origin, Path certificate, Path key, String stamp, Instant modified) {}
