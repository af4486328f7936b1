package io.interlock.app.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class AcmeFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final HostName HOST = HostName.of("www.example.com");

    @TempDir
    Path root;

    @BeforeEach
    void make() throws IOException {
        folder("one").make();
    }

    @Test
    void oneAtATimeMayOrderForAName() throws IOException {
        AcmeFolder.Lock lock = folder("one").lock("www.example.com").orElseThrow();

        assertThat(folder("two").lock("www.example.com")).isEmpty();
        assertThat(folder("two").lock("other.example.com")).isPresent();
        lock.close();
        assertThat(folder("two").lock("www.example.com")).isPresent();
    }

    @Test
    void everybodyThatIsThereHasToAnswerAChallenge() throws IOException {
        AcmeFolder one = folder("one");
        AcmeFolder two = folder("two");
        one.ask(new AcmeChallenge("token", "token.thumb"));
        assertThat(two.challenges()).containsExactly(new AcmeChallenge("token", "token.thumb"));
        assertThat(one.isAnsweredEverywhere("token")).as("nobody is there").isFalse();

        one.signOfLife(Set.of("token"));
        assertThat(one.isAnsweredEverywhere("token")).isTrue();
        two.signOfLife(Set.of());
        assertThat(one.isAnsweredEverywhere("token")).isFalse();
        two.signOfLife(Set.of("token", "other"));
        assertThat(one.isAnsweredEverywhere("token")).isTrue();

        two.signOfLife(Set.of());
        Files.setLastModifiedTime(
                root.resolve("instances/two"), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(one.isAnsweredEverywhere("token")).as("the other has gone").isTrue();
        one.askNoMore("token");
        assertThat(two.challenges()).isEmpty();
    }

    @Test
    void whatFailedIsKnownToAllAndForgottenAfterASuccess() throws IOException {
        IssuanceAttempts failed = IssuanceAttempts.NONE
                .failed("not\nreached", NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(1))
                .failed("not\nreached", NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(1));
        folder("one").failed(HOST, failed);

        assertThat(folder("two").attempts(HOST)).isEqualTo(failed);
        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.reason()).isEqualTo("not reached");
        assertThat(failed.next()).isBetween(NOW.plusSeconds(90), NOW.plusSeconds(120));
        folder("two").succeeded(HOST);
        assertThat(folder("one").attempts(HOST)).isEqualTo(IssuanceAttempts.NONE);
    }

    @Test
    void nobodyElseReadsAnything() throws IOException {
        AcmeFolder folder = folder("one");
        folder.write(folder.accountKey(), "secret");
        folder.ask(new AcmeChallenge("token", "token.thumb"));
        folder.signOfLife(Set.of("token"));
        AcmeFolder.Lock lock = folder.lock("www.example.com").orElseThrow();
        lock.close();

        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.skip(1).toList();
            assertThat(all)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void aCertificateIsRenewedAtTwoThirdsOfItsLifeButNotBeforeTheNextAttemptMayBeMade() {
        Optional<Validity> validity = Optional.of(new Validity(NOW, NOW.plus(Duration.ofDays(90))));

        assertThat(RenewalPlanner.due(validity, IssuanceAttempts.NONE)).isEqualTo(NOW.plus(Duration.ofDays(60)));
        assertThat(RenewalPlanner.due(Optional.empty(), IssuanceAttempts.NONE)).isBefore(NOW);
        Instant later = NOW.plus(Duration.ofDays(70));
        assertThat(RenewalPlanner.due(validity, new IssuanceAttempts(1, later, "why")))
                .isEqualTo(later);
    }

    @Test
    void pausesGrowToSixHoursAndKeepToWhatTheAuthorityAsksFor() {
        IssuanceAttempts attempts = IssuanceAttempts.NONE;
        for (int i = 0; i < 40; i++) {
            attempts = attempts.failed("why", NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(i));
        }
        assertThat(attempts.next()).isBetween(NOW.plus(Duration.ofMinutes(270)), NOW.plus(Duration.ofHours(6)));

        Instant asked = NOW.plus(Duration.ofDays(7));
        assertThat(attempts.failed("rate", NOW, Duration.ofMinutes(1), asked, new Random(1))
                        .next())
                .isEqualTo(asked);
    }

    private AcmeFolder folder(String instance) {
        return new AcmeFolder(root, instance);
    }
}
