package io.interlock.app.certificates;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.util.PemText;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads and checks PEM text. Pure; messages never hold a key. */
final class CertificateBundleReader {

    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;
    private static final int DNS_NAME = 2;

    private CertificateBundleReader() {}

    /**
     * Content of a PEM text.
     *
     * @param bundle the names and dates of the certificate
     * @param pem the certificate, its chain in order, and its key, each in the form that every program reads
     */
    record Content(CertificateBundle bundle, String pem) {}

    /**
     * Reads a certificate with its chain and its key.
     *
     * @param certificates the text with the certificates
     * @param key the text with the key; may be the same
     * @throws GeneralSecurityException if the certificate cannot be shown to clients; the message says why, to follow
     *     the file's name
     */
    static Content read(String certificates, String key) throws GeneralSecurityException {
        List<X509Certificate> all =
                certificates(certificates).stream().distinct().toList();
        PrivateKey privateKey = privateKey(key);
        X509Certificate own = all.stream()
                .filter(certificate -> PemKeyReader.belongTogether(privateKey, certificate.getPublicKey()))
                .max(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow(() -> new GeneralSecurityException("holds the private key of another certificate than "
                        + CertificateChainResolver.subject(all.getFirst()) + ", serial number "
                        + all.getFirst().getSerialNumber().toString(16)));
        List<X509Certificate> chain = CertificateChainResolver.chain(own, all);
        for (X509Certificate certificate : chain) {
            requireStrong(certificate);
        }
        Optional<String> disorder = chain.equals(all) ? Optional.empty() : Optional.of(disorder(own, chain, all));
        return new Content(bundle(chain, disorder), pem(chain, privateKey));
    }

    /** Reads a text that {@link Content#pem} holds. */
    static CertificateBundle readOwn(String pem, Optional<String> disorder) throws GeneralSecurityException {
        List<X509Certificate> chain = PemText.certificates(pem);
        return bundle(chain, disorder);
    }

    private static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        try {
            return PemText.certificates(text);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("holds " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(String text) throws GeneralSecurityException {
        try {
            return PemKeyReader.privateKey(text);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("has no usable private key: " + e.getMessage(), e);
        }
    }

    private static CertificateBundle bundle(List<X509Certificate> chain, Optional<String> disorder)
            throws GeneralSecurityException {
        X509Certificate own = chain.getFirst();
        List<HostName> names = names(own);
        if (names.isEmpty()) {
            throw new GeneralSecurityException("holds a certificate that names no host");
        }
        return new CertificateBundle(
                names,
                own.getNotBefore().toInstant(),
                own.getNotAfter().toInstant(),
                CertificateChainResolver.facts(chain),
                disorder);
    }

    /**
     * The fingerprints of the certificates in a text without a private key that are not those of an authority; absent
     * if the text has a private key and certificates, or neither.
     */
    static Optional<Set<String>> unkeyed(String text) {
        boolean hasKey = hasKey(text);
        try {
            Set<String> fingerprints = new HashSet<>();
            for (X509Certificate certificate : PemText.certificates(text)) {
                if (certificate.getBasicConstraints() < 0) {
                    fingerprints.add(CertificateChainResolver.fingerprint(certificate));
                }
            }
            return hasKey ? Optional.empty() : Optional.of(fingerprints);
        } catch (GeneralSecurityException e) {
            boolean isParameters =
                    PemText.first(text, label -> label.endsWith(" PARAMETERS")).isPresent();
            return hasKey || isParameters ? Optional.of(Set.of()) : Optional.empty();
        }
    }

    /** Whether a text has a private key. */
    static boolean hasKey(String text) {
        return PemText.first(text, label -> label.endsWith(PRIVATE_KEY)).isPresent();
    }

    private static String disorder(X509Certificate own, List<X509Certificate> chain, List<X509Certificate> all) {
        if (chain.size() < all.size()) {
            return "holds certificates that do not belong to the chain of " + CertificateChainResolver.subject(own);
        }
        return "has its chain in the wrong order: " + CertificateChainResolver.subject(own)
                + " should be first, and then whoever signed the one" + " before";
    }

    /** Rejects keys and signatures that TLS libraries refuse nowadays. */
    private static void requireStrong(X509Certificate certificate) throws GeneralSecurityException {
        PublicKey key = certificate.getPublicKey();
        int bits = key instanceof RSAKey rsa
                ? rsa.getModulus().bitLength()
                : key instanceof ECKey ec ? ec.getParams().getOrder().bitLength() : Integer.MAX_VALUE;
        if (bits < (key instanceof RSAKey ? LEAST_RSA_BITS : LEAST_EC_BITS)) {
            throw new GeneralSecurityException("holds a certificate of " + CertificateChainResolver.subject(certificate)
                    + " whose key of " + bits + " bits is too weak for today's clients");
        }
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean vouchesForItself = CertificateChainResolver.isSelfIssued(certificate);
        if (!vouchesForItself && (algorithm.startsWith("MD5") || algorithm.startsWith("SHA1"))) {
            throw new GeneralSecurityException("holds a certificate of " + CertificateChainResolver.subject(certificate)
                    + " signed with " + certificate.getSigAlgName() + ", which is too weak for today's clients");
        }
    }

    /**
     * The host names that the certificate was issued for; the common name of its subject if it has no alternative
     * names, as old certificates do.
     */
    private static List<HostName> names(X509Certificate certificate) throws CertificateParsingException {
        List<HostName> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            CertificateChainResolver.commonName(
                            certificate.getSubjectX500Principal().getName())
                    .flatMap(CertificateBundleReader::hostName)
                    .ifPresent(names::add);
        } else {
            for (List<?> alternative : alternatives) {
                if (alternative.getFirst() instanceof Integer type
                        && type == DNS_NAME
                        && alternative.get(1) instanceof String name) {
                    hostName(name).ifPresent(names::add);
                }
            }
        }
        return names.stream().sorted().distinct().toList();
    }

    private static Optional<HostName> hostName(String name) {
        try {
            return Optional.of(HostName.of(name));
        } catch (IllegalArgumentException e) {
            // A private name, which no client asks for.
            return Optional.empty();
        }
    }

    private static String pem(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        return PemText.of(chain) + PemText.block(PRIVATE_KEY, key.getEncoded());
    }
}
