package io.interlock.app.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.topology.HostName;
import io.interlock.app.certificates.InMemoryCertificateAuthority.Issued;
import io.interlock.util.PemText;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CertificateBundleReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final InMemoryCertificateAuthority authority = new InMemoryCertificateAuthority(NOW);
    private final Issued issued = authority.issue(30, "www.example.com", "*.EXAMPLE.com", "not a name");

    @Test
    void aCertificateItsChainAndItsKeyAreKnownByNamesAndDates() throws Exception {
        CertificateBundleReader.Content content = read(authority.pem(issued));

        assertThat(content.bundle().names())
                .containsExactly(HostName.of("*.example.com"), HostName.of("www.example.com"));
        assertThat(content.bundle().flaw(NOW)).isEmpty();
        assertThat(reason(content, NOW.plusSeconds(31 * 86_400))).isEqualTo("expired at 2026-12-25T12:00:00Z");
        assertThat(reason(content, NOW.minusSeconds(2 * 86_400))).isEqualTo("is not valid before 2026-11-24T12:00:00Z");
        assertThat(content.pem()).isEqualTo(authority.pem(issued));
        assertThat(CertificateBundleReader.readOwn(
                        content.pem(), content.bundle().disorder()))
                .isEqualTo(content.bundle());
    }

    @Test
    void aChainInTheWrongOrderIsToldAndPutInOrder() throws Exception {
        CertificateBundleReader.Content content =
                read(authority.rootPem() + issued.keyPem() + authority.intermediatePem() + issued.certificatePem());

        assertThat(reason(content, NOW))
                .contains("chain in the wrong order")
                .contains("\"www.example.com\" should be first");
        assertThat(content.pem())
                .isEqualTo(
                        issued.certificatePem() + authority.intermediatePem() + authority.rootPem() + issued.keyPem());
    }

    @Test
    void certificatesThatHaveNothingToDoWithItAreToldAndLeftOut() throws Exception {
        Issued other = authority.issue(30, "other.example.com");

        CertificateBundleReader.Content content =
                read(issued.certificatePem() + other.certificatePem() + authority.intermediatePem() + issued.keyPem());

        assertThat(reason(content, NOW)).contains("do not belong to the chain");
        assertThat(content.pem()).isEqualTo(authority.pem(issued));
    }

    @Test
    void certificatesThatStandThereTwiceAreNothingToTellOf() throws Exception {
        CertificateBundleReader.Content content =
                read(issued.certificatePem() + authority.intermediatePem() + authority.pem(issued));

        assertThat(content.bundle().flaw(NOW)).isEmpty();
        assertThat(content.pem()).isEqualTo(authority.pem(issued));
    }

    @Test
    void ofTwoCertificatesOfOneIssuerTheOneThatIsValidLongestBelongsToTheChain() throws Exception {
        String old = authority.intermediatePem(NOW.minusSeconds(86_400));
        CertificateBundleReader.Content content =
                read(issued.certificatePem() + old + authority.intermediatePem() + issued.keyPem());

        assertThat(content.pem()).isEqualTo(authority.pem(issued));
        assertThat(read(issued.certificatePem() + old + issued.keyPem())
                        .bundle()
                        .flaw(NOW)
                        .orElseThrow())
                .extracting(CertificateFlaw::weight)
                .isEqualTo(CertificateFlaw.Weight.DEFECT);
    }

    @Test
    void whatCannotBeShownIsRefusedWithoutSayingAnythingOfTheKey() {
        Issued other = authority.issue(30, "other.example.com");

        assertRefused(issued.certificatePem() + other.keyPem(), "private key of another certificate than \"www");
        assertRefused(issued.certificatePem(), "has no usable private key");
        assertRefused(issued.keyPem(), "without a PEM block CERTIFICATE");
        assertRefused("nonsense", "without a PEM block CERTIFICATE");
        assertRefused(issued.certificatePem() + issued.keyPem().replace("M", "N"), "has no usable private key");
        assertRefused(authority.pem(authority.issue(30, "not a name")), "names no host");
    }

    @Test
    void whatTodaysClientsRefuseIsRefused() throws Exception {
        assertRefused(authority.pem(authority.weakKey("weak.example.com")), "key of 1024 bits is too weak");
        assertRefused(authority.pem(authority.weakSignature("old.example.com")), "signed with SHA1withECDSA");
    }

    @Test
    void otherLabelsOfCertificatesAreRead() throws Exception {
        for (String label : List.of("X509 CERTIFICATE", "TRUSTED CERTIFICATE")) {
            String pem = issued.certificatePem().replace("CERTIFICATE", label);

            assertThat(read(pem + issued.keyPem()).pem()).isEqualTo(issued.certificatePem() + issued.keyPem());
        }
        byte[] both = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(issued.certificate()))
                .getEncoded("PKCS7");
        assertThat(read(PemText.block("PKCS7", both) + issued.keyPem()).pem())
                .isEqualTo(issued.certificatePem() + issued.keyPem());
    }

    @Test
    void whatElseIsInATextIsTold() {
        String request = PemText.block("CERTIFICATE REQUEST", new byte[] {1});
        String ssh = PemText.block("OPENSSH PRIVATE KEY", new byte[] {1});

        assertRefused(request, "without a PEM block CERTIFICATE, but with CERTIFICATE REQUEST");
        assertRefused(issued.certificatePem() + request, "without a PEM block PRIVATE KEY, but with CERTIFICATE");
        assertRefused(issued.certificatePem() + ssh, "a key of an unknown kind, OPENSSH PRIVATE KEY");
        assertRefused("-\0-\0-\0-\0-\0B\0E\0G\0I\0N\0", "text in UTF-16");
        assertRefused("0\u0082\u0003\u00a7", "binary data (DER or PKCS #12)");
    }

    @Test
    void aCurveThatIsNotKnownIsTold() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        for (String curve : List.of("secp256k1", "brainpoolP256r1")) {
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair keys = generator.generateKeyPair();
            String key = PemText.block("PRIVATE KEY", keys.getPrivate().getEncoded());

            assertRefused(issued.certificatePem() + key, "an EC key on the curve " + curve);
            assertRefused(authority.certificatePem(keys.getPublic(), "www.example.com") + key, "curve " + curve);
        }
    }

    @Test
    void aCertificateOnACurveThatJavaDoesNotKnowIsTold() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec("sm2p256v1"));
        String certificate =
                authority.certificatePem(generator.generateKeyPair().getPublic(), "www.example.com");

        assertRefused(certificate + issued.keyPem(), "a certificate that Java cannot read: Unknown named curve");
    }

    @Test
    void aKeyThatCannotSignForTlsIsTold() throws Exception {
        for (String kind : List.of("DSA", "X25519")) {
            String key = PemText.block(
                    "PRIVATE KEY",
                    KeyPairGenerator.getInstance(kind)
                            .generateKeyPair()
                            .getPrivate()
                            .getEncoded());

            assertRefused(issued.certificatePem() + key, kind + " key");
        }
    }

    @Test
    void aKeyOnEachUsualCurveIsRead() throws Exception {
        for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair keys = generator.generateKeyPair();
            String certificate = authority.certificatePem(keys.getPublic(), "www.example.com");
            String key = PemText.block("PRIVATE KEY", keys.getPrivate().getEncoded());

            assertThat(read(certificate + key).pem()).isEqualTo(certificate + key);
        }
    }

    private static String reason(CertificateBundleReader.Content content, Instant at) {
        return content.bundle().flaw(at).orElseThrow().reason();
    }

    private void assertRefused(String pem, String why) {
        assertThatThrownBy(() -> read(pem))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain(issued.keyPem().lines().toList().get(1)));
    }

    private static CertificateBundleReader.Content read(String pem) throws GeneralSecurityException {
        return CertificateBundleReader.read(pem, pem);
    }
}
