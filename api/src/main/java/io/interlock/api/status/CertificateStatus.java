package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.HostName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate. Of its key nothing is told.
 *
 * @param id what people call it
 * @param origin where it is from
 * @param file the file that it is in
 * @param state what becomes of it
 * @param names whom the certificate that is shown was issued for, sorted; empty if none is
 * @param notBefore when the certificate that is shown begins to be valid
 * @param notAfter when it ends to be valid
 * @param shownFor the routed names whose clients see it, sorted
 * @param reason what is wrong and what was done instead, for people; empty if nothing is
 */
@Experimental
public record CertificateStatus(
        String id,
        Origin origin,
        Path file,
        State state,
        List<HostName> names,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        List<HostName> shownFor,
        String reason) {

    /** Where a certificate is from. */
    public enum Origin {
        /** The operator's folder. */
        FOLDER,
        /** A certificate authority, by ACME. */
        ACME
    }

    /** What becomes of a certificate, worst last. */
    public enum State {
        /** It is shown. */
        SHOWN,
        /** It is ready, but no route has a name of its. */
        UNUSED,
        /** Its file is not good any more; the last good content is shown. */
        KEPT,
        /** It is shown because no better certificate is available; clients may refuse it. */
        FLAWED,
        /** It cannot be shown. */
        UNUSABLE
    }

    public CertificateStatus {
        names = List.copyOf(names);
        shownFor = List.copyOf(shownFor);
    }
}
