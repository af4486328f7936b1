package io.interlock.app.acme;

import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Reads the file of an issued certificate. */
final class IssuedCertificateFile {

    private IssuedCertificateFile() {}

    /** The validity of the certificate in the file; empty if there is none. */
    static Optional<Validity> validity(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate =
                    PemText.certificates(PemText.read(file)).getFirst();
            return Optional.of(new Validity(
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
