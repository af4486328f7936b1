package io.interlock.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.topology.HostName;
import io.interlock.app.tls.TestAuthority.Issued;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BundleReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final TestAuthority authority = new TestAuthority(NOW);
    private final Issued issued = authority.issue(30, "www.example.com", "*.EXAMPLE.com", "not a name");

    @Test
    void aCertificateItsChainAndItsKeyAreKnownByNamesAndDates() throws Exception {
        BundleReader.Content content = read(authority.pem(issued));

        assertThat(content.bundle().names())
                .containsExactly(HostName.of("*.example.com"), HostName.of("www.example.com"));
        assertThat(content.bundle().flaw(NOW)).isEmpty();
        assertThat(content.bundle().flaw(NOW.plusSeconds(31 * 86_400))).hasValue("expired at 2026-12-25T12:00:00Z");
        assertThat(content.bundle().flaw(NOW.minusSeconds(2 * 86_400)))
                .hasValue("is not valid before 2026-11-24T12:00:00Z");
        assertThat(content.pem()).isEqualTo(authority.pem(issued));
        assertThat(BundleReader.readOwn(content.pem(), content.bundle().disorder()))
                .isEqualTo(content.bundle());
    }

    @Test
    void aChainInTheWrongOrderIsToldAndPutInOrder() throws Exception {
        BundleReader.Content content =
                read(authority.rootPem() + issued.keyPem() + authority.intermediatePem() + issued.certificatePem());

        assertThat(content.bundle().flaw(NOW).orElseThrow())
                .contains("chain in the wrong order")
                .contains("\"www.example.com\" should be first");
        assertThat(content.pem())
                .isEqualTo(
                        issued.certificatePem() + authority.intermediatePem() + authority.rootPem() + issued.keyPem());
    }

    @Test
    void certificatesThatHaveNothingToDoWithItAreToldAndLeftOut() throws Exception {
        Issued other = authority.issue(30, "other.example.com");

        BundleReader.Content content = read(issued.certificatePem() + other.certificatePem() + issued.keyPem());

        assertThat(content.bundle().flaw(NOW).orElseThrow()).contains("do not belong to the chain");
        assertThat(content.pem()).isEqualTo(issued.certificatePem() + issued.keyPem());
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

    private void assertRefused(String pem, String why) {
        assertThatThrownBy(() -> read(pem))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain(issued.keyPem().lines().toList().get(1)));
    }

    private static BundleReader.Content read(String pem) throws GeneralSecurityException {
        return BundleReader.read(pem, pem);
    }
}
