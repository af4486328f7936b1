package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.HostName;
import java.util.List;

/**
 * Status of HTTPS.
 *
 * @param served whether there is an HTTPS listener
 * @param certificates the certificates, by id
 * @param uncovered routed names without a certificate, sorted; their clients are refused in the handshake
 * @param issuances certificates that certificate authorities issue, by name
 * @param problems problems with certificates; the list of all problems contains them, too
 */
@Experimental
public record TlsStatus(
        boolean served,
        List<CertificateStatus> certificates,
        List<HostName> uncovered,
        List<IssuanceStatus> issuances,
        List<Problem> problems) {

    /** Status without HTTPS. */
    public static final TlsStatus NONE = new TlsStatus(false, List.of(), List.of(), List.of(), List.of());

    public TlsStatus {
        certificates = List.copyOf(certificates);
        uncovered = List.copyOf(uncovered);
        issuances = List.copyOf(issuances);
        problems = List.copyOf(problems);
    }
}
