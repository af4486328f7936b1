package io.interlock.app.config;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from PEM text, as OpenSSL and the JDK write them. Messages never hold a key. */
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private static final int LINE = 64;

    private record Block(String label, String body) {
        byte[] der() throws GeneralSecurityException {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("a PEM block " + label + " that is not Base64", e);
            }
        }
    }

    private Pem() {}

    /** Whether this is PEM text, rather than the name of a file. */
    static boolean isPem(String text) {
        return text.contains("-----BEGIN ");
    }

    /**
     * The certificates in a text, in its order.
     *
     * @return at least one
     * @throws GeneralSecurityException if there is none, or one is damaged; the message says what was found
     */
    public static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label().equals("CERTIFICATE")) {
                try {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                } catch (CertificateException e) {
                    throw new CertificateException("a damaged certificate", e);
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("text without a PEM block CERTIFICATE");
        }
        return certificates;
    }

    /**
     * The first private key in a text: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), not encrypted.
     *
     * @throws GeneralSecurityException if there is none, or it is damaged or encrypted; the message says what was found
     */
    public static PrivateKey privateKey(String text) throws GeneralSecurityException {
        Block block = blocks(text).stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException("text without a PEM block PRIVATE KEY"));
        if (block.label().startsWith("ENCRYPTED") || block.body().contains("ENCRYPTED")) {
            throw new InvalidKeyException("an encrypted key");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> decode(block.der(), KEY_ALGORITHMS);
            case "RSA PRIVATE KEY" -> decode(Pkcs8.ofPkcs1(block.der()), List.of("RSA"));
            case "EC PRIVATE KEY" -> decode(Pkcs8.ofSec1(block.der()), List.of("EC"));
            default -> throw new InvalidKeyException("a key of an unknown kind, " + block.label());
        };
    }

    /**
     * The first public key in a text, as {@link #block} writes it.
     *
     * @param algorithm as of {@link KeyFactory}
     * @throws GeneralSecurityException if there is none, or it is damaged
     */
    public static PublicKey publicKey(String text, String algorithm) throws GeneralSecurityException {
        Block block = blocks(text).stream()
                .filter(candidate -> candidate.label().equals("PUBLIC KEY"))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException("text without a PEM block PUBLIC KEY"));
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(block.der()));
    }

    /** A block of PEM text (RFC 7468), with the line end after it. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** Whether what the private key signs the public one verifies. */
    public static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        if (privateKey instanceof RSAKey ofPrivate && publicKey instanceof RSAKey ofPublic) {
            return ofPrivate.getModulus().equals(ofPublic.getModulus());
        }
        byte[] text = {1, 2, 3};
        try {
            Signature signature =
                    Signature.getInstance(privateKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
            signature.initSign(privateKey);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Keys of two kinds.
            return false;
        }
    }

    private static PrivateKey decode(byte[] pkcs8, List<String> algorithms) throws GeneralSecurityException {
        Optional<InvalidKeySpecException> last = Optional.empty();
        for (String algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                last = Optional.of(e);
            }
        }
        throw new InvalidKeyException("a damaged key, or one that is neither RSA, EC nor EdDSA", last.orElse(null));
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
