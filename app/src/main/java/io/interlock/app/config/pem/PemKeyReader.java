package io.interlock.app.config.pem;

import io.interlock.util.PemText;
import io.interlock.util.PemText.Block;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** Reads keys from PEM text, as OpenSSL and the JDK write them. Messages never contain a key. */
public final class PemKeyReader {

    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private PemKeyReader() {}

    /**
     * Returns the first private key in a text: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), not encrypted.
     *
     * @throws GeneralSecurityException if there is none, or it is damaged, encrypted or of a kind that TLS cannot use;
     *     the message says what was found
     */
    public static PrivateKey privateKey(String text) throws GeneralSecurityException {
        Block block = PemText.first(text, label -> label.endsWith(PRIVATE_KEY))
                .orElseThrow(() -> new InvalidKeyException(PemText.without(PRIVATE_KEY, text)));
        if (block.label().startsWith("ENCRYPTED") || block.body().contains("ENCRYPTED")) {
            throw new InvalidKeyException("an encrypted key; openssl pkey writes it without a password");
        }
        PrivateKeyInfo info;
        try {
            info = info(block);
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyException("a damaged key", e);
        }
        refuse(info.getPrivateKeyAlgorithm());
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyException("a damaged key, or one that is neither RSA, EC nor EdDSA", e);
        }
    }

    /**
     * Returns the first public key in a text.
     *
     * @param algorithm a name that {@link KeyFactory} knows
     * @throws GeneralSecurityException if there is none, or it is damaged
     */
    public static PublicKey publicKey(String text, String algorithm) throws GeneralSecurityException {
        Block block = PemText.first(text, "PUBLIC KEY"::equals)
                .orElseThrow(() -> new InvalidKeyException(PemText.without("PUBLIC KEY", text)));
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(block.der()));
    }

    /** Whether the two keys form a pair: the public key verifies a signature of the private key. */
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
            // The keys are of different kinds.
            return false;
        }
    }

    private static PrivateKeyInfo info(Block block) throws GeneralSecurityException, IOException {
        byte[] der = block.der();
        return switch (block.label()) {
            case PRIVATE_KEY -> PrivateKeyInfo.getInstance(der);
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(der));
            case "EC PRIVATE KEY" -> {
                ECPrivateKey key = ECPrivateKey.getInstance(der);
                yield new PrivateKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
            }
            default -> throw new InvalidKeyException("a key of an unknown kind, " + block.label());
        };
    }

    /** Rejects keys that TLS does not use, and curves for which Java has keys but no signatures. */
    private static void refuse(AlgorithmIdentifier algorithm) throws InvalidKeyException {
        ASN1ObjectIdentifier kind = algorithm.getAlgorithm();
        if (kind.equals(X9ObjectIdentifiers.id_dsa)) {
            throw new InvalidKeyException("a DSA key, which TLS no longer uses");
        }
        if (kind.equals(EdECObjectIdentifiers.id_X25519) || kind.equals(EdECObjectIdentifiers.id_X448)) {
            String name = kind.equals(EdECObjectIdentifiers.id_X25519) ? "X25519" : "X448";
            throw new InvalidKeyException("an " + name + " key, which cannot sign");
        }
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            requireUsualCurve(algorithm.getParameters());
        }
    }

    private static void requireUsualCurve(@Nullable ASN1Encodable curve) throws InvalidKeyException {
        if (curve == null || curve instanceof ASN1Null) {
            throw new InvalidKeyException("an EC key that does not name its curve");
        }
        if (!(curve instanceof ASN1ObjectIdentifier id)) {
            throw new InvalidKeyException("an EC key with the parameters of its curve instead of a name");
        }
        if (!CURVES.contains(id)) {
            String name = Optional.ofNullable(ECNamedCurveTable.getName(id)).orElse(id.getId());
            throw new InvalidKeyException(
                    "an EC key on the curve " + name + ", expected secp256r1, secp384r1 or secp521r1");
        }
    }
}
