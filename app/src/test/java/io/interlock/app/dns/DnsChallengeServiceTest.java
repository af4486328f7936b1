package io.interlock.app.dns;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.DnsChallengeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests where the records of challenges are expected, and when they count as visible. */
@Tag("unit")
class DnsChallengeServiceTest {

    private static final String VALUE = "v".repeat(43);

    private InMemoryNameServer server;
    private DnsChallengeService service;

    @BeforeEach
    void start() throws IOException {
        server = new InMemoryNameServer("example.com", "sub.example.com", "example.org", "com");
        service = new DnsChallengeService(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theZoneIsTheOneThatTheNameServersSay() throws Exception {
        assertThat(located("www.example.com"))
                .isEqualTo(new ChallengeRecord("example.com", "_acme-challenge.www.example.com", VALUE));
        assertThat(located("a.b.sub.example.com"))
                .isEqualTo(new ChallengeRecord("sub.example.com", "_acme-challenge.a.b.sub.example.com", VALUE));
        assertThat(located("example.com"))
                .isEqualTo(new ChallengeRecord("example.com", "_acme-challenge.example.com", VALUE));
    }

    @Test
    void aWildcardIsAnsweredAtItsDomain() throws Exception {
        assertThat(located("*.example.com").name()).isEqualTo("_acme-challenge.example.com");
    }

    @Test
    void aliasesAreFollowedIntoAnotherZone() throws Exception {
        server.alias("_acme-challenge.www.example.com", "one.example.org");
        server.alias("one.example.org", "two.example.org");

        assertThat(located("www.example.com")).isEqualTo(new ChallengeRecord("example.org", "two.example.org", VALUE));
    }

    @Test
    void theZoneBehindAnAliasOfTheHostItselfIsNotMeant() throws Exception {
        server.alias("www.example.com", "example.org");

        assertThat(located("www.example.com").zone()).isEqualTo("example.com");
    }

    @Test
    void aliasesInACircleAreReported() {
        server.alias("_acme-challenge.www.example.com", "one.example.org");
        server.alias("one.example.org", "_acme-challenge.www.example.com");

        assertThatThrownBy(() -> located("www.example.com"))
                .isInstanceOf(DnsChallengeException.class)
                .hasMessageContaining("more than 8 aliases");
    }

    @Test
    void aNameOfNoZoneIsReported() {
        assertThatThrownBy(() -> located("www.example.net"))
                .isInstanceOf(DnsChallengeException.class)
                .hasMessageContaining("the zone of _acme-challenge.www.example.net cannot be found")
                .hasMessageContaining("error 5");
    }

    @Test
    void theNextServerIsAskedIfOneIsOutOfOrder() throws Exception {
        try (InMemoryNameServer other = new InMemoryNameServer("example.net")) {
            assertThat(service.locate(config(other.address(), server.address()), HostName.of("www.example.com"), VALUE)
                            .zone())
                    .isEqualTo("example.com");
        }
    }

    @Test
    void aRecordIsVisibleOnceEveryServerShowsIt() throws Exception {
        ChallengeRecord record = located("www.example.com");
        server.shows(false);
        server.present("p", record);
        CompletableFuture<Void> wait = CompletableFuture.runAsync(() -> {
            try {
                service.awaitVisible(config(server.address()), record);
            } catch (DnsChallengeException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(wait).isNotDone();

        server.shows(true);

        await().until(wait::isDone);
        assertThat(wait).isCompleted();
    }

    @Test
    void aRecordThatStaysInvisibleIsReportedWithTheServer() throws Exception {
        ChallengeRecord record = located("www.example.com");
        DnsChallengeConfig brief =
                new DnsChallengeConfig(List.of(HostName.ANY), "p", List.of(server.address()), Duration.ZERO, false);

        assertThatThrownBy(() -> service.awaitVisible(brief, record))
                .isInstanceOf(DnsChallengeException.class)
                .hasMessageContaining("_acme-challenge.www.example.com is not visible")
                .hasMessageContaining("127.0.0.1 does not show it");
    }

    @Test
    void damagedAnswersAreReportedAndNothingElse() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int round = 0; round < 300; round++) {
            long seed = random.nextLong();
            server.damages(answer -> damaged(answer, seed));
            try {
                ChallengeRecord record = located("www.example.com");
                assertThat(record.name()).as("seed " + seed).endsWith(record.zone());
            } catch (DnsChallengeException e) {
                assertThat(e.getMessage()).as("seed " + seed).contains("cannot be found");
            } catch (Exception e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** Keeps the id, so that the answer is read. */
    private static byte[] damaged(byte[] answer, long seed) {
        Random random = new Random(seed);
        byte[] changed =
                Arrays.copyOf(answer, random.nextInt(4) == 0 ? 12 + random.nextInt(answer.length - 11) : answer.length);
        for (int i = 0; i < 3; i++) {
            changed[2 + random.nextInt(changed.length - 2)] = (byte) random.nextInt();
        }
        // Otherwise it is no answer, and the client waits for another.
        changed[2] |= (byte) 0x80;
        changed[2] &= (byte) ~0x02;
        System.arraycopy(answer, 4, changed, 4, Math.min(2, changed.length - 4));
        System.arraycopy(
                answer, 12, changed, 12, Math.max(0, Math.min(40, Math.min(answer.length, changed.length) - 12)));
        return changed;
    }

    @Test
    void theNameServersOfThisMachineAreReadFromItsFile() {
        assertThat(NameServerList.of(Stream.of(
                        "# comment",
                        "search example.com",
                        "nameserver 192.0.2.1",
                        "nameserver\t2001:db8::1 ",
                        "nameserver x")))
                .extracting(InetSocketAddress::getHostString)
                .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
        assertThat(NameServerList.of(Stream.empty()))
                .extracting(InetSocketAddress::getPort)
                .containsExactly(53);
    }

    private ChallengeRecord located(String name) throws DnsChallengeException, InterruptedException {
        return service.locate(config(server.address()), HostName.of(name), VALUE);
    }

    private static DnsChallengeConfig config(InetSocketAddress... servers) {
        return new DnsChallengeConfig(List.of(HostName.ANY), "p", List.of(servers), Duration.ofSeconds(60), false);
    }
}
