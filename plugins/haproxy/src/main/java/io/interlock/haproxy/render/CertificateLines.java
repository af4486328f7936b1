package io.interlock.haproxy.render;

import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.Challenge;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Tls;
import io.interlock.haproxy.plan.CertificateSpec;
import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.HostSpec;
import io.interlock.haproxy.plan.RouteMap;
import io.interlock.util.Sha256;
import java.util.List;
import java.util.Optional;

/** What HAProxy is to have of certificates and challenges. */
final class CertificateLines {

    /** Sorts before all names of hosts, and is none. */
    private static final String CHALLENGES = "!challenges";

    private final Layout layout;

    CertificateLines(Layout layout) {
        this.layout = layout;
    }

    /** A certificate, under a path that is another one whenever anything about it is. */
    CertificateSpec of(Certificate certificate) {
        String parameters = certificate
                .leastVersion()
                .map(version -> "ssl-min-ver " + TlsFrontend.version(version.number()))
                .orElse("");
        List<String> names = certificate.names().stream().map(HostName::value).toList();
        String digest = Sha256.nameOf(certificate.file().toString(), parameters, String.join(" ", names));
        return new CertificateSpec(
                certificate.id(),
                layout.certificates()
                        .resolve(certificate.id() + "." + digest + ".pem")
                        .toString(),
                certificate.file().toString(),
                certificate.size(),
                parameters,
                names);
    }

    /** Challenges are lines of a map, as if they were a virtual host's. */
    static Optional<HostSpec> challenges(Tls tls) {
        return tls.challenges().isEmpty()
                ? Optional.empty()
                : Optional.of(new HostSpec(
                        CHALLENGES,
                        tls.challenges().stream()
                                .map(CertificateLines::challenge)
                                .toList()));
    }

    private static Entry challenge(Challenge challenge) {
        return new Entry(new Entry.Key(RouteMap.CHALLENGES, challenge.token()), challenge.answer(), false);
    }
}
