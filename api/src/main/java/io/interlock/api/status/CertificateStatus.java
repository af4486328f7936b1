package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.HostName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Status of a certificate. It contains nothing of the private key.
 *
 * @param id the certificate's name for people
 * @param origin the source of the certificate
 * @param file the file that contains it
 * @param state what the certificate is used for, or why it is not
 * @param names the names for which the presented certificate was issued, sorted; empty if none is presented
 * @param notBefore start of the validity of the presented certificate
 * @param notAfter end of the validity of the presented certificate
 * @param shownFor the routed names whose clients get it, sorted
 * @param reason what is wrong and what was done instead, for people; empty if nothing is wrong
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

    /** Source of a certificate. */
    public enum Origin {
        /** The operator's folder. */
        FOLDER,
        /** A certificate authority, by ACME. */
        ACME
    }

    /** State of a certificate, worst last. */
    public enum State {
        /** It is presented to clients. */
        SHOWN,
        /** It is ready, but no route has one of its names. */
        UNUSED,
        /** Its file is no longer valid; the last good content is presented. */
        KEPT,
        /** It is presented because there is no better one, although clients may refuse it. */
        FLAWED,
        /** It cannot be presented. */
        UNUSABLE
    }

    public CertificateStatus {
        names = List.copyOf(names);
        shownFor = List.copyOf(shownFor);
    }
}
