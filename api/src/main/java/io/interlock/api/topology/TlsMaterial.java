package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Certificates of the HTTPS listener, and answers to certificate authorities. A client is refused in the handshake if
 * it asks for a name without a certificate, or for none.
 *
 * @param certificates by id
 * @param challenges by token
 */
@Experimental
public record TlsMaterial(List<Certificate> certificates, List<AcmeChallenge> challenges) {

    /** Material without certificates and challenges. */
    public static final TlsMaterial NONE = new TlsMaterial(List.of(), List.of());

    /**
     * Sorts both lists.
     *
     * @throws IllegalArgumentException if two certificates have the same id or name, or two challenges the same token
     */
    public TlsMaterial {
        certificates = certificates.stream().sorted().toList();
        challenges = challenges.stream().sorted().toList();
        Set<Object> seen = new HashSet<>();
        for (Certificate certificate : certificates) {
            if (!seen.add(certificate.id())) {
                throw new IllegalArgumentException("two certificates are called " + certificate.id());
            }
            for (HostName name : certificate.names()) {
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("two certificates have the name " + name);
                }
            }
        }
        if (challenges.stream().map(AcmeChallenge::token).distinct().count() != challenges.size()) {
            throw new IllegalArgumentException("two challenges have the same token");
        }
    }
}
