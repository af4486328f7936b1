package io.interlock.app.config;

import io.interlock.api.topology.HostName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings for certificates from certificate authorities.
 *
 * @param authorities the certificate authorities, the preferred one first; at least one
 * @param folder absolute path of the folder of accounts, keys and certificates; several Interlocks may share one
 * @param keyType the type of the keys of certificates
 * @param dns the names whose challenges are answered in the DNS; the first entry that applies counts
 * @param retryPause pause after the first failure; each further pause is longer
 */
public record AcmeConfig(
        List<AuthorityConfig> authorities,
        Path folder,
        CertificateKeyType keyType,
        List<DnsChallengeConfig> dns,
        Duration retryPause) {

    public AcmeConfig {
        authorities = List.copyOf(authorities);
        dns = List.copyOf(dns);
    }

    /** The files with the certificates to trust for requests to authorities. */
    public List<Path> trusted() {
        return authorities.stream()
                .map(AuthorityConfig::trusted)
                .flatMap(Optional::stream)
                .toList();
    }

    /** How challenges for a name are answered in the DNS; empty: they are answered by way of HTTP. */
    public Optional<DnsChallengeConfig> dnsOf(HostName name) {
        return dns.stream().filter(entry -> entry.applies(name)).findFirst();
    }

    /** The name whose certificate a name gets. */
    public HostName certified(HostName name) {
        return dnsOf(name).map(entry -> entry.certified(name)).orElse(name);
    }

    /** Whether a certificate for a name can be ordered. */
    public boolean isOrderable(HostName name) {
        return name.isExact() || (name.isWildcard() && dnsOf(name).isPresent());
    }
}
