package io.interlock.app.certificates;

import io.interlock.util.Sha256;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Finds the chain of a certificate among others. Pure. */
final class CertificateChainResolver {

    private static final Set<String> FOR_SERVERS = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");
    private static final int DIGITS = 32;

    private CertificateChainResolver() {}

    /**
     * The chain from a certificate to its authority, as far as the others contain it. Of several certificates of one
     * issuer, the one that is valid longest belongs to the chain.
     */
    static List<X509Certificate> chain(X509Certificate own, Collection<X509Certificate> all) {
        List<X509Certificate> rest = new ArrayList<>(all);
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(own);
        while (next.isPresent()) {
            X509Certificate certificate = next.get();
            chain.add(certificate);
            rest.removeIf(certificate::equals);
            next = isSelfIssued(certificate)
                    ? Optional.empty()
                    : rest.stream()
                            .filter(other -> isSigned(other, certificate))
                            .max(Comparator.comparing(X509Certificate::getNotAfter));
        }
        return chain;
    }

    /** What clients see of a chain that is in order. */
    static CertificateChain facts(List<X509Certificate> chain) throws GeneralSecurityException {
        List<String> fingerprints = new ArrayList<>();
        List<CertificateChain.Expiry> expiries = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            fingerprints.add(fingerprint(certificate));
            if (fingerprints.size() > 1 && !isSelfIssued(certificate)) {
                expiries.add(new CertificateChain.Expiry(
                        subject(certificate), certificate.getNotAfter().toInstant()));
            }
        }
        X509Certificate own = chain.getFirst();
        boolean isWhole = chain.size() > 1 || isSelfIssued(own) || PublicRootIndex.signed(own);
        return new CertificateChain(
                fingerprints,
                isForServers(own),
                isWhole
                        ? Optional.empty()
                        : Optional.of(quoted(own.getIssuerX500Principal().getName())),
                expiries);
    }

    /** A text that stands for a certificate. */
    static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return Sha256.hex(Base64.getEncoder().encodeToString(certificate.getEncoded()), DIGITS);
    }

    /** The common name of a certificate's subject, for people. */
    static String subject(X509Certificate certificate) {
        return quoted(certificate.getSubjectX500Principal().getName());
    }

    /** The common name in a distinguished name (RFC 2253); empty if it has none. */
    static Optional<String> commonName(String distinguishedName) {
        try {
            return new LdapName(distinguishedName)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Whether one certificate signed another. */
    static boolean isSigned(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isForServers(X509Certificate certificate) throws CertificateParsingException {
        List<String> uses = certificate.getExtendedKeyUsage();
        return uses == null || uses.stream().anyMatch(FOR_SERVERS::contains);
    }

    private static String quoted(String distinguishedName) {
        return commonName(distinguishedName)
                .map(name -> "\"" + name.replaceAll("[^ -~]", "?") + "\"")
                .orElse("no name");
    }
}
