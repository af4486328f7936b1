package io.interlock.app.config;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Self-signed certificate and its key, so that the project contains no key.
 *
 * @param certificate PEM
 * @param pkcs8 the key, PEM
 */
record SelfSignedCertificate(String certificate, String pkcs8) {

    static SelfSignedCertificate rsa() throws GeneralSecurityException {
        return make("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA");
    }

    static SelfSignedCertificate ec() throws GeneralSecurityException {
        return make("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA");
    }

    static SelfSignedCertificate ed25519() throws GeneralSecurityException {
        return make("Ed25519", NamedParameterSpec.ED25519, "Ed25519");
    }

    private static SelfSignedCertificate make(String kind, AlgorithmParameterSpec parameters, String signature)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(parameters);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=test");
        Instant now = Instant.now();
        try {
            byte[] certificate = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(now),
                            Date.from(now.plus(Duration.ofDays(90))),
                            name,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder(signature).build(keys.getPrivate()))
                    .getEncoded();
            return new SelfSignedCertificate(
                    pem("CERTIFICATE", certificate),
                    pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** The key, PKCS#8. */
    byte[] der() {
        return Base64.getMimeDecoder()
                .decode(pkcs8.lines().filter(line -> !line.startsWith("-")).collect(Collectors.joining()));
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
