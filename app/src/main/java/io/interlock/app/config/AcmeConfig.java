package io.interlock.app.config;

import io.interlock.api.topology.HostName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings for certificates from a certificate authority.
 *
 * @param directory URL of the authority's directory (RFC 8555)
 * @param email address at which the authority may contact the operator
 * @param folder absolute path of the folder of account, keys and certificates; several Interlocks may share one
 * @param authority file with the certificates to trust for requests to the authority; empty: those that Java trusts
 * @param externalAccount the operator's account at an authority that asks for one
 * @param dns the names whose challenges are answered in the DNS; the first entry that applies counts
 * @param retryPause pause after the first failure; each further pause is longer
 */
public record AcmeConfig(
        URI directory,
        Optional<String> email,
        Path folder,
        Optional<Path> authority,
        Optional<ExternalAccount> externalAccount,
        List<DnsChallengeConfig> dns,
        Duration retryPause) {

    public AcmeConfig {
        dns = List.copyOf(dns);
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

    /**
     * Binding to an account that the operator has at the authority (RFC 8555, 7.3.4).
     *
     * @param keyId what the authority calls the key
     * @param hmacKey the key in base64url
     */
    public record ExternalAccount(String keyId, String hmacKey) {

        /** Returns a text without the key. */
        @Override
        public String toString() {
            return "ExternalAccount[" + keyId + "]";
        }
    }
}
