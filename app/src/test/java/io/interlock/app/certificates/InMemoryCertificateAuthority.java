package io.interlock.app.certificates;

import io.interlock.util.PemText;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificate authority with a root and an intermediate certificate, for certificates of any validity. */
public final class InMemoryCertificateAuthority {

    private final Issued root;
    private final Issued intermediate;
    private final Instant now;

    public InMemoryCertificateAuthority(Instant now) {
        this.now = now;
        KeyPair rootKey = ec();
        this.root = new Issued(
                sign("root", rootKey, "root", rootKey, "SHA256withECDSA", now.minus(days(1)), now.plus(days(1000))),
                rootKey);
        KeyPair key = ec();
        this.intermediate = new Issued(
                sign("intermediate", key, "root", rootKey, "SHA256withECDSA", now.minus(days(1)), now.plus(days(500))),
                key);
    }

    /** Certificate with its key. */
    public record Issued(X509Certificate certificate, KeyPair key) {

        public String certificatePem() {
            try {
                return PemText.block("CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        public String keyPem() {
            return PemText.block("PRIVATE KEY", key.getPrivate().getEncoded());
        }
    }

    /** Issues a certificate that is valid from yesterday on and for this many days from now. */
    public Issued issue(int days, String... names) {
        return issue(now.minus(days(1)), now.plus(days(days)), names);
    }

    public Issued issue(Instant from, Instant to, String... names) {
        KeyPair key = ec();
        return new Issued(
                sign(names[0], key, "intermediate", intermediate.key(), "SHA256withECDSA", from, to, names), key);
    }

    public Issued weakKey(String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair key = generator.generateKeyPair();
        return new Issued(
                sign(name, key, "intermediate", intermediate.key(), "SHA256withECDSA", now, now.plus(days(9)), name),
                key);
    }

    public Issued weakSignature(String name) {
        KeyPair key = ec();
        return new Issued(
                sign(name, key, "intermediate", intermediate.key(), "SHA1withECDSA", now, now.plus(days(9)), name),
                key);
    }

    /** The certificate of a key of any kind, including those that Java does not read. */
    public String certificatePem(PublicKey key, String name) throws IOException {
        return certificatePem(key, now.minus(days(1)), now.plus(days(30)), name);
    }

    public String certificatePem(PublicKey key, Instant from, Instant to, String name) throws IOException {
        try {
            X509v3CertificateBuilder builder = builder(name, key, "intermediate", from, to, name);
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(intermediate.key().getPublic()));
            return PemText.block(
                    "CERTIFICATE",
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(intermediate.key().getPrivate()))
                            .getEncoded());
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String intermediatePem() {
        return intermediate.certificatePem();
    }

    /** The intermediate certificate as it would be with another end of its validity. */
    public String intermediatePem(Instant to) {
        return new Issued(
                        sign(
                                "intermediate",
                                intermediate.key(),
                                "root",
                                root.key(),
                                "SHA256withECDSA",
                                to.minus(days(500)),
                                to),
                        intermediate.key())
                .certificatePem();
    }

    /** Issues a certificate that only clients may use. */
    public Issued issueForClients(int days, String name) {
        KeyPair key = ec();
        try {
            X509v3CertificateBuilder builder =
                    builder(name, key.getPublic(), "intermediate", now.minus(days(1)), now.plus(days(days)), name);
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            return new Issued(signed(builder, intermediate.key(), "SHA256withECDSA"), key);
        } catch (CertIOException e) {
            throw new AssertionError(e);
        }
    }

    public String rootPem() {
        return root.certificatePem();
    }

    /** Certificate, chain and key in one text, in order. */
    public String pem(Issued issued) {
        return issued.certificatePem() + intermediatePem() + issued.keyPem();
    }

    private static X509Certificate sign(
            String subject,
            KeyPair key,
            String issuer,
            KeyPair signer,
            String algorithm,
            Instant from,
            Instant to,
            String... names) {
        try {
            return signed(builder(subject, key.getPublic(), issuer, from, to, names), signer, algorithm);
        } catch (CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer, String algorithm) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            String subject, PublicKey key, String issuer, Instant from, Instant to, String... names)
            throws CertIOException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                new BigInteger(64, new SecureRandom()),
                Date.from(from),
                Date.from(to),
                new X500Name("CN=" + subject),
                key);
        if (names.length == 0) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (names.length > 0) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(Stream.of(names)
                            .map(name -> new GeneralName(GeneralName.dNSName, name))
                            .toArray(GeneralName[]::new)));
        }
        return builder;
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
