package io.interlock.app.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceAttempts;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.acme.record.OrderLedger;
import java.io.IOException;
import java.net.URI;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        one.shared().ask(new AcmeChallenge("token", "token.thumb"));
        assertThat(two.shared().challenges()).containsExactly(new AcmeChallenge("token", "token.thumb"));
        assertThat(one.shared().isAnsweredEverywhere("token"))
                .as("nobody is there")
                .isFalse();

        one.shared().signOfLife(Set.of("token"));
        assertThat(one.shared().isAnsweredEverywhere("token")).isTrue();
        two.shared().signOfLife(Set.of());
        assertThat(one.shared().isAnsweredEverywhere("token")).isFalse();
        two.shared().signOfLife(Set.of("token", "other"));
        assertThat(one.shared().isAnsweredEverywhere("token")).isTrue();

        two.shared().signOfLife(Set.of());
        Files.setLastModifiedTime(
                root.resolve("instances/two"), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(one.shared().isAnsweredEverywhere("token"))
                .as("the other has gone")
                .isTrue();
        one.shared().askNoMore("token");
        assertThat(two.shared().challenges()).isEmpty();
    }

    @Test
    void whatIsKnownOfANameIsKnownToAll() throws IOException {
        IssuanceAttempts failed = IssuanceAttempts.NONE
                .failed("not\nreached", "open\nport 80", NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(1))
                .failed("not\nreached", "open\nport 80", NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(1));
        IssuanceRecord record = IssuanceRecord.EMPTY
                .with(failed)
                .with(OrderLedger.EMPTY.ordered(NOW).issued(NOW.plusSeconds(1)))
                .with(Optional.of(new IssuanceRecord.PendingOrder(
                        URI.create("https://ca.example/dir"),
                        URI.create("https://ca.example/order/1"),
                        NOW,
                        Optional.of("token"),
                        Optional.of("key\nof two lines\n"))))
                .with(new IssuanceRecord.RenewalSuggestion("1f", Optional.of(NOW), NOW, NOW.plusSeconds(2)));
        folder("one").write(HOST, record);

        assertThat(folder("two").record(HOST)).isEqualTo(record);
        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.reason()).isEqualTo("not reached");
        assertThat(failed.next()).isBetween(NOW.plusSeconds(90), NOW.plusSeconds(120));
        assertThat(record.toString()).doesNotContain("two lines");
        IssuanceRecord issued =
                record.issued(URI.create("https://ca.example/dir"), IssuanceAttempts.NONE, record.ledger());
        folder("two").write(HOST, issued);
        assertThat(folder("one").record(HOST)).isEqualTo(issued);
        assertThat(issued.order()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"attempts\":{\"failures\":\"x\"}}"})
    void aRecordThatIsDamagedIsNone(String text) throws IOException {
        Files.writeString(root.resolve("orders/www.example.com.json"), text);

        assertThat(folder("one").record(HOST)).isEqualTo(IssuanceRecord.EMPTY);
    }

    @Test
    void aPlaceThatCannotTakeACertificateIsKnownBefore() throws IOException {
        folder("one").proveWritable(HOST);
        try (Stream<Path> files = Files.list(root.resolve("certificates"))) {
            assertThat(files).isEmpty();
        }

        Files.createDirectory(root.resolve("certificates/www.example.com.pem"));
        assertThatThrownBy(() -> folder("one").proveWritable(HOST)).hasMessageContaining("is a directory in the place");
        Files.delete(root.resolve("certificates/www.example.com.pem"));
        Files.delete(root.resolve("certificates"));
        Files.createSymbolicLink(root.resolve("certificates"), root.resolve("nowhere"));
        assertThatThrownBy(() -> folder("one").proveWritable(HOST)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder("one").make())
                .hasMessageContaining("certificates: is a link to something that does not exist");
    }

    @Test
    void whatKilledInstancesLeftIsRemovedAfterADay() throws IOException {
        folder("killed").shared().signOfLife(Set.of());
        folder("killed").shared().ask(new AcmeChallenge("token", "token.thumb"));
        for (String file : List.of("instances/killed", "challenges/token")) {
            Files.setLastModifiedTime(
                    root.resolve(file), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        folder("one").shared().ask(new AcmeChallenge("new", "new.thumb"));
        folder("one").shared().signOfLife(Set.of());
        folder("one").shared().removeLeftovers();

        assertThat(root.resolve("instances/killed")).doesNotExist();
        assertThat(root.resolve("instances/one")).exists();
        assertThat(folder("one").shared().challenges())
                .extracting(AcmeChallenge::token)
                .containsExactly("new");
    }

    @Test
    void nobodyElseReadsAnything() throws IOException {
        AcmeFolder folder = folder("one");
        folder.write(folder.accountKey(), "secret");
        folder.shared().ask(new AcmeChallenge("token", "token.thumb"));
        folder.shared().signOfLife(Set.of("token"));
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

    private AcmeFolder folder(String instance) {
        return new AcmeFolder(root, instance);
    }
}
