package io.interlock.app.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.CertificateStatus.State;
import io.interlock.api.status.Problem;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.app.certificates.InMemoryCertificateAuthority.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the certificates that result from the files of a folder. */
@Tag("unit")
class CertificateTrackerTest extends CertificateFolderFixture {

    @Test
    void eachWayToLayCertificatesDownIsUnderstood() throws IOException {
        Issued one = authority.issue(30, "one.example.com");
        Issued two = authority.issue(30, "two.example.com");
        put("one.pem", authority.pem(one));
        put("two.crt", two.certificatePem() + authority.intermediatePem());
        put("two.key", two.keyPem());
        put("three/fullchain.pem", authority.issue(30, "unused").certificatePem());
        Issued three = authority.issue(30, "three.example.com");
        put("three/fullchain.pem", three.certificatePem() + authority.intermediatePem());
        put("three/privkey.pem", three.keyPem());
        put("_.example.org.pem", authority.pem(authority.issue(30, "*.example.org")));
        put(".hidden.pem", "nonsense");
        put("README", "nonsense");

        assertThat(shown())
                .containsOnlyKeys("one", "two", "three", "_.example.org")
                .containsEntry("two", List.of("two.example.com"));
        assertThat(status().certificates()).extracting(CertificateStatus::state).containsOnly(State.UNUSED);
        assertThat(copies())
                .allSatisfy(copy -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void commentsMayBeInAnyEncoding() throws IOException {
        byte[] comment = "# Schlüssel für München\n".getBytes(StandardCharsets.ISO_8859_1);
        Issued one = authority.issue(30, HOST);
        Issued two = authority.issue(30, "two.example.com");
        Files.write(folder.resolve("www.pem"), comment);
        Files.writeString(folder.resolve("www.pem"), authority.pem(one), StandardOpenOption.APPEND);
        Files.write(folder.resolve("two.crt"), comment);
        Files.writeString(folder.resolve("two.crt"), two.certificatePem(), StandardOpenOption.APPEND);
        Files.write(folder.resolve("two.key"), comment);
        Files.writeString(folder.resolve("two.key"), two.keyPem(), StandardOpenOption.APPEND);

        assertThat(shown()).containsOnlyKeys("two", "www");
    }

    @Test
    void whateverIsPutInItsPlaceTheLastGoodContentStaysInService() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path good = file("www");
        Issued other = authority.issue(30, HOST);
        Issued expired = authority.issue(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)), HOST);
        Issued early = authority.issue(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)), HOST);
        Map<String, String> bad = Map.of(
                authority.pem(expired),
                "expired at 2026-11-24T12:00:00Z",
                authority.pem(early),
                "is not valid before 2026-11-26T12:00:00Z",
                other.certificatePem() + expired.keyPem(),
                "private key of another certificate",
                other.certificatePem(),
                "has no usable private key",
                authority.pem(authority.issueForClients(30, HOST)),
                "may not be used by servers",
                "\u0000\u0001",
                "without a PEM block");

        bad.forEach((content, reason) -> {
            put("www.pem", content);
            assertThat(file("www")).as(reason).isEqualTo(good);
            assertThat(problem().description())
                    .contains(reason)
                    .contains("its last good content stays in service, for " + HOST
                            + ", valid from 2026-11-24T12:00:00Z" + " to 2026-12-25T12:00:00Z");
            assertThat(problem().value()).isEqualTo(folder.resolve("www.pem").toString());
            assertThat(status().certificates())
                    .singleElement()
                    .extracting(CertificateStatus::state)
                    .isEqualTo(State.KEPT);
        });

        store = store();
        assertThat(file("www")).as("after a new start").isEqualTo(good);
        put("www.pem", authority.pem(other));
        assertThat(file("www")).isNotEqualTo(good);
        assertThat(status().problems()).isEmpty();
    }

    @Test
    void withoutAnythingBetterAFlawedOneIsShownAndToldAndNothingElse() throws IOException {
        Issued expired = authority.issue(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)), HOST);
        put("www.pem", authority.pem(expired));
        put("broken.pem", "nonsense");

        assertThat(shown()).containsOnlyKeys("www");
        assertThat(status().problems())
                .extracting(Problem::description)
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason)
                                .contains("expired at 2026-11-24T12:00:00Z (for " + HOST)
                                .contains("shown, because no better certificate is available"),
                        reason -> assertThat(reason).contains("; not shown"));

        put("wildcard.pem", authority.pem(authority.issue(30, "*.example.com")));
        assertThat(shown().get("wildcard")).contains(HOST);
    }

    @Test
    void oneThatIsNotValidYetTakesOverWhenItIs() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path first = file("www");
        put(
                "www.pem",
                authority.pem(authority.issue(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(60)), HOST)));
        assertThat(file("www")).isEqualTo(first);

        now = now.plus(Duration.ofDays(2));

        assertThat(file("www")).isNotEqualTo(first);
        assertThat(status().problems()).isEmpty();
    }

    @Test
    void aNameThatAReplacementIsNotForKeepsItsCertificate() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path first = file("www");
        put("www.pem", authority.pem(authority.issue(30, "elsewhere.example.org")));

        assertThat(shown())
                .containsEntry("www", List.of("elsewhere.example.org"))
                .containsEntry("www+earlier", List.of(HOST));
        assertThat(file("www+earlier")).isEqualTo(first);

        store = store();
        assertThat(file("www+earlier")).as("after a new start").isEqualTo(first);
        put("new.pem", authority.pem(authority.issue(9, HOST)));
        assertThat(shown()).containsEntry("new", List.of(HOST)).doesNotContainKey("www+earlier");
    }

    @Test
    void aCertificateThatIsRemovedIsNotShownAnyMore() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        assertThat(shown()).containsOnlyKeys("www");
        Files.delete(folder.resolve("www.pem"));

        assertThat(gone()).isEmpty();
        assertThat(status().uncovered()).containsExactly(HostName.of(HOST));
        assertThat(copies()).hasSize(1);
        now = now.plus(Duration.ofHours(1));
        shown();
        assertThat(copies()).isEmpty();
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftAloneUntilItIsWhole() throws IOException {
        put("www.pem", authority.pem(authority.issue(30, HOST)));
        Path first = file("www");
        Files.writeString(folder.resolve("www.pem"), "half of");
        Files.setLastModifiedTime(folder.resolve("www.pem"), FileTime.from(now));

        assertThat(file("www")).isEqualTo(first);
        assertThat(store.isUnsettled()).isTrue();
        assertThat(status().problems()).isEmpty();
        now = now.plusSeconds(3);
        assertThat(file("www")).isEqualTo(first);
        assertThat(problem().description()).contains("its last good content stays");
    }

    @Test
    void theCertificateThatAContainerNamesIsShownIfItIsForItsName() throws IOException {
        put("best.pem", authority.pem(authority.issue(60, HOST)));
        put("named.pem", authority.pem(authority.issue(30, HOST, "other.example.com")));
        put("wrong.pem", authority.pem(authority.issue(30, "wrong.example.com")));
        assertThat(shown()).containsEntry("best", List.of(HOST));

        hosts.clear();
        route(HOST, new HostTls(false, Optional.of("named.pem"), Optional.empty()));
        assertThat(shown())
                .containsEntry("named", List.of("other.example.com", HOST))
                .doesNotContainKey("best");

        hosts.clear();
        route(HOST, new HostTls(false, Optional.of("wrong"), Optional.empty()));
        assertThat(shown()).containsEntry("best", List.of(HOST));
        assertThat(status().problems())
                .extracting(Problem::description)
                .anyMatch(reason -> reason.contains("certificate \"wrong\" is not for this name, but for wrong"));
    }
}
