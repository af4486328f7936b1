package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.HostName;
import java.util.List;

/**
 * HTTPS.
 *
 * @param served whether there is an HTTPS listener
 * @param certificates by id
 * @param uncovered routed names that no certificate is for, sorted: their clients are refused in the handshake
 * @param issuances what certificate authorities are to issue, by name
 * @param problems what is wrong; these are among all problems, too
 */
@Experimental
public record TlsStatus(
        boolean served,
        List<CertificateStatus> certificates,
        List<HostName> uncovered,
        List<IssuanceStatus> issuances,
        List<Problem> problems) {

    /** HTTPS is not served. */
    public static final TlsStatus NONE = new TlsStatus(false, List.of(), List.of(), List.of(), List.of());

    public TlsStatus {
        certificates = List.copyOf(certificates);
        uncovered = List.copyOf(uncovered);
        issuances = List.copyOf(issuances);
        problems = List.copyOf(problems);
    }
}
