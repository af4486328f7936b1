package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.DnsChallengeConfig;
import io.interlock.app.dns.InMemoryNameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests orders whose challenges are answered in the DNS. */
@Tag("unit")
class DnsIssuanceTest extends IssuanceFixture {

    private static final HostName WILDCARD = HostName.of("*.example.com");
    private static final String RECORD = "_acme-challenge.example.com";
    private static final String OF_ONE = "_acme-challenge.one.example.com";
    private static final String PRESENTED = "test present " + RECORD + " in example.com";
    private static final String REMOVED = "test cleanUp " + RECORD + " in example.com";

    private InMemoryNameServer server;

    @BeforeEach
    void useDns() throws IOException {
        server = new InMemoryNameServer("example.com", "com");
        authority.challengeType = "dns-01";
        restart(entry(Duration.ofSeconds(60), false, "*.example.com", "example.com"));
    }

    @AfterEach
    void closeDns() {
        server.close();
    }

    @Test
    void aWildcardIsIssuedAndItsRecordRemoved() {
        want(WILDCARD);

        await().until(() -> Files.exists(folder.resolve("certificates/_.example.com.pem")));
        await().until(() -> server.values(RECORD).isEmpty());
        assertThat(server.calls).containsExactly(PRESENTED, REMOVED);
        assertThat(authority.ordered).containsExactly("*.example.com");
        await().until(() -> record(WILDCARD).records().isEmpty());
    }

    @Test
    void aWildcardWithoutDnsIsImpossibleAndTheAdviceSaysWhy() {
        restart();
        want(WILDCARD);

        awaitState(WILDCARD, State.IMPOSSIBLE);
        assertThat(status(WILDCARD).advice()).contains("\"dns\"");
        assertThat(authority.ordered).isEmpty();
    }

    @Test
    void namesShareTheCertificateOfAWildcardIfTheOperatorSaysSo() {
        restart(entry(Duration.ofSeconds(60), true, "*.example.com"));
        want(ONE, TWO, HostName.of("deep.one.example.com"));

        await().until(() -> Files.exists(folder.resolve("certificates/_.example.com.pem")));
        await().until(() -> Files.exists(folder.resolve("certificates/deep.one.example.com.pem")));
        assertThat(authority.ordered).containsExactlyInAnyOrder("*.example.com", "deep.one.example.com");
    }

    @Test
    void otherNamesAreStillCheckedByHttp() {
        restart(entry(Duration.ofSeconds(60), false, "*.example.org"));
        authority.challengeType = "http-01";
        want(ONE);

        awaitCertificate(ONE);
        assertThat(server.calls).isEmpty();
    }

    @Test
    void aRecordThatIsNotVisibleYetIsReportedAndTheSameOrderGoesOn() {
        restart(entry(Duration.ofSeconds(1), false, "*.example.com"));
        server.shows(false);
        want(ONE);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains(OF_ONE + " is not visible after 1 s", "does not show it");
        assertThat(status(ONE).advice()).contains("\"timeout\"");
        assertThat(server.values(OF_ONE)).as("it may only take longer").hasSize(1);
        awaitLock();
        server.shows(true);
        awaitWithPauses(() -> Files.exists(certificate()));
        assertThat(authority.ordered).hasSize(1);
        await().until(() -> server.values(OF_ONE).isEmpty());
    }

    @Test
    void theOrderGoesOnAfterARestartAndItsRecordIsRemoved() throws IOException {
        authority.holds(SimulatedAuthority.CHALLENGE + 1);
        want(WILDCARD);
        await().until(authority::isHolding);
        issuing.close();
        authority.letsGo();
        awaitLock(WILDCARD);
        assertThat(server.values(RECORD)).hasSize(1);
        assertThat(record(WILDCARD).records()).hasSize(1);

        restart(entry(Duration.ofSeconds(60), false, "*.example.com"));
        want(WILDCARD);
        move(PAUSE);

        await().until(() -> Files.exists(folder.resolve("certificates/_.example.com.pem")));
        await().until(() -> server.values(RECORD).isEmpty());
        assertThat(authority.ordered).hasSize(1);
    }

    @Test
    void theRecordOfANameThatNobodyWantsAnyMoreIsRemovedAfterARestart() {
        authority.holds(SimulatedAuthority.CHALLENGE + 1);
        want(WILDCARD);
        await().until(authority::isHolding);
        issuing.close();
        authority.letsGo();
        awaitLock(WILDCARD);
        restart(entry(Duration.ofSeconds(60), false, "*.example.com"));
        want(ONE);
        move(PAUSE);

        await().until(() -> server.values(RECORD).isEmpty());
        await().until(() -> record(WILDCARD).records().isEmpty());
    }

    @Test
    void aRecordThatCannotBeRemovedIsTriedAgainAfterAPause() {
        authority.holds(SimulatedAuthority.CERTIFICATE + 1);
        want(WILDCARD);
        await().until(authority::isHolding);
        server.refuses(true);
        authority.letsGo();
        await().until(() -> server.calls.contains(REMOVED));
        await().until(() -> record(WILDCARD).hasLeftovers());
        awaitLock(WILDCARD);

        server.refuses(false);
        issued.put(WILDCARD, validity());
        move(Duration.ofMinutes(20));
        awaitWithPauses(() -> server.values(RECORD).isEmpty());
        await().until(() -> record(WILDCARD).records().isEmpty());
        assertThat(authority.ordered).hasSize(1);
    }

    @Test
    void aRefusedAnswerIsReportedWithTheRecordAndCleanedUp() {
        authority.metAuthorization = "invalid";
        want(ONE);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).advice()).contains("TXT record " + OF_ONE);
        await().until(() -> server.values(OF_ONE).isEmpty());
    }

    @Test
    void aProviderThatRefusesIsReportedWithItsAdvice() {
        server.refuses(true);
        want(ONE);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("the provider refuses it");
        assertThat(status(ONE).advice()).isEqualTo("ask the provider");
    }

    private void restart(DnsChallengeConfig... entries) {
        issuing.close();
        dns = List.of(entries);
        editor = server;
        issuing = start("one");
    }

    private DnsChallengeConfig entry(Duration timeout, boolean sharesWildcard, String... names) {
        return new DnsChallengeConfig(
                List.of(names).stream().map(HostName::of).toList(),
                "test",
                List.of(server.address()),
                timeout,
                sharesWildcard);
    }
}
