package io.interlock.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A certificate authority, and how certificates are ordered from it.
 *
 * @param directory URL of the authority's directory (RFC 8555)
 * @param email address at which the authority may contact the operator
 * @param trusted file with the certificates to trust for requests to the authority; empty: those that Java trusts
 * @param externalAccount the operator's account at an authority that asks for one
 * @param profile the kind of certificate; empty: the authority's usual one
 * @param preferredChain common name of the issuer that the chain should end at, if the authority offers it
 */
public record AuthorityConfig(
        URI directory,
        Optional<String> email,
        Optional<Path> trusted,
        Optional<ExternalAccount> externalAccount,
        Optional<String> profile,
        Optional<String> preferredChain) {

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
