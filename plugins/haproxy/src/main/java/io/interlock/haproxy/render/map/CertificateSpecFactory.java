package io.interlock.haproxy.render.map;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.render.directive.TlsFrontend;
import io.interlock.util.Sha256;
import java.util.List;
import java.util.Optional;

/** Factory of the desired state of certificates and challenges. */
public final class CertificateSpecFactory {

    /** Sorts before all names of hosts, and is not one. */
    private static final String CHALLENGES = "!challenges";

    private final HaproxyPaths layout;

    public CertificateSpecFactory(HaproxyPaths layout) {
        this.layout = layout;
    }

    /** The desired state of a certificate. Its path changes whenever its content or a parameter changes. */
    public CertificateSpec of(Certificate certificate) {
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

    /** Challenges as lines of a map, in the form of a virtual host. */
    public static Optional<HostSpec> challenges(TlsMaterial tls) {
        return tls.challenges().isEmpty()
                ? Optional.empty()
                : Optional.of(new HostSpec(
                        CHALLENGES,
                        tls.challenges().stream()
                                .map(CertificateSpecFactory::challenge)
                                .toList()));
    }

    private static MapEntry challenge(AcmeChallenge challenge) {
        return new MapEntry(new MapEntry.Key(HaproxyMap.CHALLENGES, challenge.token()), challenge.answer(), false);
    }
}
