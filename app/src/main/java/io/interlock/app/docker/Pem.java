package io.interlock.app.docker;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM, with the JDK's means alone. Messages never contain what was read. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private Pem() {}

    private record Block(String type, String body) {
        byte[] der() throws GeneralSecurityException {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException notBase64) {
                throw new GeneralSecurityException("the block " + type + " is not Base64", notBase64);
            }
        }
    }

    /** All certificates, in their order; at least one. */
    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(pem)) {
            if (block.type().endsWith("CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("expected a PEM block BEGIN CERTIFICATE, found none");
        }
        return certificates;
    }

    /** The first private key: PKCS#8, or the older forms for RSA (PKCS#1) and elliptic curves (SEC 1); not encrypted. */
    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        for (Block block : blocks(pem)) {
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return fromPkcs8(block.der());
                }
                case "RSA PRIVATE KEY" -> {
                    refuseEncrypted(block.body().contains("ENCRYPTED"));
                    return fromPkcs8(Der.pkcs8OfRsa(block.der()));
                }
                case "EC PRIVATE KEY" -> {
                    refuseEncrypted(block.body().contains("ENCRYPTED"));
                    return fromPkcs8(Der.pkcs8OfEc(block.der()));
                }
                case "ENCRYPTED PRIVATE KEY" -> refuseEncrypted(true);
                default -> {
                    // EC PARAMETERS, or a certificate in the same file.
                }
            }
        }
        throw new GeneralSecurityException("expected a PEM block BEGIN PRIVATE KEY, found none");
    }

    private static void refuseEncrypted(boolean encrypted) throws GeneralSecurityException {
        if (encrypted) {
            throw new GeneralSecurityException("the private key is encrypted; expected one without a passphrase");
        }
    }

    private static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der);
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException ofAnotherKind) {
                // the next one may fit
            }
        }
        throw new GeneralSecurityException("the private key is damaged or of none of the kinds " + KEY_ALGORITHMS);
    }

    private static List<Block> blocks(String pem) {
        return BLOCK.matcher(pem)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }
}
