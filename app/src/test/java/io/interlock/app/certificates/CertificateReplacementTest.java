package io.interlock.app.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.CertificateStatus.State;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.app.certificates.InMemoryCertificateAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests files that disappear for a moment, that are renewed with flaws, and that are removed. */
@Tag("unit")
class CertificateReplacementTest extends CertificateFolderFixture {

    @ParameterizedTest
    @ValueSource(longs = {150, 2_000, 6_000, 12_000})
    void aFileThatIsMissingForAMomentCostsNothing(long millis) throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path first = file("www");
        Files.delete(folder.resolve("www.pem"));

        assertThat(file("www")).isEqualTo(first);
        assertThat(store.isUnsettled()).isTrue();
        assertThat(status().problems()).isEmpty();
        now = now.plusMillis(millis);
        assertThat(file("www")).isEqualTo(first);
        put("www.pem", authority.pem(authority.issue(60, HOST)));
        assertThat(file("www")).isNotEqualTo(first);
        assertThat(store.isUnsettled()).isFalse();
    }

    @Test
    void aLinkWhoseTargetIsExchangedCostsNothing() throws IOException {
        Issued issued = authority.issue(30, HOST);
        Files.createDirectories(root.resolve("archive"));
        Files.writeString(root.resolve("archive/chain1.pem"), issued.certificatePem() + authority.intermediatePem());
        Files.writeString(root.resolve("archive/key1.pem"), issued.keyPem());
        Files.createDirectories(folder.resolve("www"));
        Files.createSymbolicLink(folder.resolve("www/fullchain.pem"), root.resolve("archive/chain1.pem"));
        Files.createSymbolicLink(folder.resolve("www/privkey.pem"), root.resolve("archive/key1.pem"));
        Path first = file("www");

        Files.delete(root.resolve("archive/key1.pem"));
        assertThat(file("www")).isEqualTo(first);
        Files.delete(root.resolve("archive/chain1.pem"));
        assertThat(file("www")).isEqualTo(first);
        Files.delete(folder.resolve("www/fullchain.pem"));
        Files.delete(folder.resolve("www/privkey.pem"));
        assertThat(file("www")).isEqualTo(first);
        Files.delete(folder.resolve("www"));
        assertThat(file("www")).isEqualTo(first);
        assertThat(gone()).isEmpty();
    }

    @Test
    void aFolderThatIsExchangedCostsNothing() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path first = file("www");
        Path aside = root.resolve("aside");
        Files.move(folder, aside);
        assertThat(file("www")).isEqualTo(first);

        Files.createDirectory(folder);
        assertThat(file("www")).isEqualTo(first);
        Files.move(aside.resolve("www.pem"), folder.resolve("www.pem"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(file("www")).isEqualTo(first);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(file("www")).isEqualTo(first);
    }

    @Test
    void aFolderThatCannotBeReadIsToldAndKeepsItsCertificates() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path first = file("www");
        Files.move(folder, root.resolve("aside"));
        Files.writeString(folder, "a file");

        assertThat(file("www")).isEqualTo(first);
        now = now.plus(Duration.ofHours(1));
        assertThat(file("www")).isEqualTo(first);
        assertThat(status().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo(folder.toString()))
                .satisfies(problem -> assertThat(problem.description())
                        .contains("cannot be read: is not a directory")
                        .contains("stay in service"));
    }

    @Test
    void aRenewedCertificateThatCanBePutInOrderIsShown() {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Issued stranger = authority.issue(30, "stranger.example.net");
        Issued renewed = authority.issue(90, HOST);
        for (String content : List.of(
                authority.pem(renewed) + authority.intermediatePem(),
                authority.intermediatePem() + renewed.certificatePem() + renewed.keyPem(),
                renewed.certificatePem() + stranger.certificatePem() + authority.intermediatePem() + renewed.keyPem(),
                renewed.keyPem() + authority.rootPem() + authority.intermediatePem() + renewed.certificatePem())) {
            put("www.pem", authority.pem(authority.issue(30, HOST)));
            Path before = file("www");
            put("www.pem", content);

            assertThat(file("www")).isNotEqualTo(before);
            assertThat(status().certificates())
                    .singleElement()
                    .extracting(CertificateStatus::state)
                    .isEqualTo(State.SHOWN);
            assertThat(status().problems()).allSatisfy(problem -> {
                assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                assertThat(problem.advice()).contains("write the certificate first");
            });
        }
    }

    @Test
    void aChainThatClientsCannotFollowIsToldWithWhatToDoAndShown() throws IOException {
        Issued issued = authority.issue(30, HOST);
        put("www.pem", issued.certificatePem() + issued.keyPem());
        assertTold("lacks the certificate of the issuer \"intermediate\"", "append the certificate of this issuer");

        put("www.pem", issued.certificatePem() + authority.rootPem() + issued.keyPem());
        assertTold("lacks the certificate of the issuer \"intermediate\"", "append the certificate of this issuer");

        put(
                "www.pem",
                issued.certificatePem() + authority.intermediatePem(now.minus(Duration.ofDays(1))) + issued.keyPem());
        assertTold("holds the intermediate certificate \"intermediate\", which expired at", "replace it");

        Files.delete(folder.resolve("www.pem"));
        assertThat(gone()).isEmpty();
        put("www.pem", authority.pem(authority.issueForClients(30, HOST)));
        assertTold("extended key usage lacks serverAuth", "order a certificate for servers");

        put("www.pem", authority.pem(issued));
        assertThat(status().problems()).isEmpty();
    }

    @Test
    void whatIsToldOfAChainIsToldAfterARestartToo() {
        Issued issued = authority.issue(30, HOST);
        put("www.pem", issued.certificatePem() + issued.keyPem());
        put("other.pem", authority.intermediatePem() + authority.pem(authority.issue(30, "other.example.com")));
        List<Problem> told = status().problems();
        assertThat(told).hasSize(2);

        store = store();

        assertThat(status().problems()).isEqualTo(told);
    }

    @Test
    void anIntermediateThatExpiresWhileItIsShownIsTold() {
        Issued issued = authority.issue(30, HOST);
        put(
                "www.pem",
                issued.certificatePem() + authority.intermediatePem(now.plus(Duration.ofDays(1))) + issued.keyPem());
        assertThat(status().problems()).isEmpty();

        now = now.plus(Duration.ofDays(2));

        assertTold("holds the intermediate certificate", "replace it");
    }

    @Test
    void aCertificateThatWasRemovedDoesNotComeBack() throws IOException {
        put("www.pem", authority.pem(authority.issue(90, HOST)));
        assertThat(shown()).containsOnlyKeys("www");
        Files.delete(folder.resolve("www.pem"));
        assertThat(gone()).isEmpty();

        put("www.pem", "rubbish");
        assertThat(shown()).isEmpty();
        store = store();
        assertThat(shown()).as("after a restart").isEmpty();
        put("www.pem", authority.pem(authority.issue(30, "elsewhere.example.org")));
        assertThat(shown()).containsOnlyKeys("www");
        assertThat(copies()).hasSize(2);

        Files.delete(folder.resolve("www.pem"));
        assertThat(gone()).isEmpty();
        store = store();
        put("www.pem", "rubbish");
        assertThat(shown()).as("after another restart").isEmpty();
    }

    @Test
    void aCertificateThatWasReplacedLongAgoDoesNotComeBack() {
        put("www.pem", authority.pem(authority.issue(90, HOST)));
        Path first = file("www");
        put("www.pem", authority.pem(authority.issue(60, HOST)));
        Path second = file("www");
        store = store();
        put("www.pem", "rubbish");

        assertThat(file("www")).isEqualTo(second).isNotEqualTo(first);
    }

    private void assertTold(String reason, String advice) {
        assertThat(shown()).containsOnlyKeys("www");
        assertThat(status().certificates())
                .singleElement()
                .extracting(CertificateStatus::state)
                .isEqualTo(State.FLAWED);
        assertThat(problem().severity()).isEqualTo(Severity.ERROR);
        assertThat(problem().description()).contains(reason).contains("; shown");
        assertThat(problem().advice()).contains(advice);
    }
}
