package io.interlock.app.certificates;

import io.interlock.api.status.CertificateStatus.Origin;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A certificate's files, as a look at their folder found them.
 *
 * @param id what people call it
 * @param origin whose folder it is
 * @param certificate the file with the certificate and its chain
 * @param key the file with the key; may be the same
 * @param stamp another one whenever one of the files may have changed
 * @param modified when one of the files was last modified
 */
record CertificateFilePair(String id, Origin origin, Path certificate, Path key, String stamp, Instant modified) {}
