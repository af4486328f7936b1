package io.interlock.app.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.SimulatedAuthority.Answer;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.app.dns.DnsChallengeService;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests orders that succeed, remain in a state, or fail. */
@Tag("unit")
class AcmeOrderClientTest {

    private static final HostName HOST = HostName.of("www.example.com");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String IN_2100 = "Fri, 01 Jan 2100 00:00:00 GMT";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path root;

    private final List<AcmeChallenge> answered = new ArrayList<>();
    private SimulatedAuthority authority;
    private AcmeFolder folder;
    private @Nullable AcmeAccountClient account;

    @BeforeEach
    void start() throws IOException {
        authority = new SimulatedAuthority(NOW);
        folder = new AcmeFolder(root, "one");
        folder.make();
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void aCertificateIsIssuedWithItsChainAndAKeyOfItsOwn() throws Exception {
        String pem = issue(issuer(LIMIT));

        assertThat(PemText.certificates(pem)).hasSize(2);
        assertThat(PemKeyReader.privateKey(pem).getAlgorithm()).isEqualTo("EC");
        assertThat(authority.ordered).containsExactly("www.example.com");
        assertThat(answered).extracting(AcmeChallenge::token).containsExactly("token1");
        assertThat(folder.shared().challenges()).isEmpty();
    }

    @Test
    void aNameThatIsAuthorizedAlreadyNeedsNoAnswer() throws Exception {
        authority.newAuthorization = "valid";

        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(answered).isEmpty();
    }

    @Test
    void anAuthorityWithoutAChallengeOverHttpIssuesNothing() {
        authority.challengeType = "dns-01";

        assertThat(failure(issuer(LIMIT))).hasMessageContaining("offers no challenge over HTTP");
    }

    @Test
    void aChallengeThatTheAuthoritySawNoAnswerToFailsWithWhatItSays() throws IOException {
        authority.metAuthorization = "invalid";

        assertThat(failure(issuer(LIMIT)))
                .hasMessageContaining("did not get the answer")
                .hasMessageContaining("nobody answered");
        assertThat(folder.shared().challenges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing"})
    void anAuthorizationThatTakesLongIsGoneOnWithLater(String state) throws Exception {
        authority.metAuthorization = state;
        authority.readyOrder = "pending";

        assertThat(failure(issuer(SHORT)))
                .hasMessageContaining("not yet checked the answer")
                .extracting(IssuanceException::kind)
                .isEqualTo(Cause.UNFINISHED);
        assertThat(authority.asked(SimulatedAuthority.FINALIZE + 1)).isZero();
        assertThat(folder.shared().challenges())
                .as("the authority may still come")
                .hasSize(1);

        authority.goesOn("ready", "valid");
        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(1);
        assertThat(folder.shared().challenges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing", "strange"})
    void anOrderThatDoesNotGetReadyIsGoneOnWithLater(String state) throws Exception {
        authority.readyOrder = state;

        assertThat(failure(issuer(SHORT))).hasMessageContaining("the order for www.example.com is ");
        assertThat(authority.asked(SimulatedAuthority.FINALIZE + 1)).isZero();
        authority.goesOn("ready", "valid");
        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"processing", "ready"})
    void anOrderThatTakesLongAfterItWasFinalizedIsGoneOnWithLater(String state) throws Exception {
        authority.finalizedOrder = state;

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(failure(issuer(SHORT)))
                    .hasMessageContaining("the order for www.example.com is ")
                    .extracting(IssuanceException::kind)
                    .isEqualTo(Cause.UNFINISHED);
        }
        assertThat(authority.asked(SimulatedAuthority.CERTIFICATE + 1)).isZero();
        authority.goesOn("valid", "valid");
        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(1);
    }

    @Test
    void anOrderThatTheAuthorityForgotIsPlacedAgain() throws Exception {
        authority.finalizedOrder = "processing";
        assertThat(failure(issuer(SHORT))).hasMessageContaining("PROCESSING");
        authority.forgets();
        authority.finalizedOrder = "valid";

        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(2);
    }

    @Test
    void anOrderThatFailedMeanwhileIsPlacedAgainWithTheNextAttempt() throws Exception {
        authority.finalizedOrder = "processing";
        assertThat(failure(issuer(SHORT))).hasMessageContaining("PROCESSING");
        authority.goesOn("invalid", "valid");
        assertThat(failure(issuer(SHORT))).hasMessageContaining("ended as INVALID");
        authority.finalizedOrder = "valid";

        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(2);
    }

    @Test
    void anOrderAtAnotherAuthorityIsNotGoneOnWith() throws Exception {
        authority.finalizedOrder = "processing";
        assertThat(failure(issuer(SHORT))).hasMessageContaining("PROCESSING");

        try (SimulatedAuthority other = new SimulatedAuthority(NOW)) {
            authority.close();
            authority = other;
            assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
            assertThat(other.ordered).hasSize(1);
        }
    }

    @Test
    void anOrderThatIsInvalidFailsWithWhatTheAuthoritySays() {
        authority.orderFields = ",\"error\":{\"type\":\"x\",\"detail\":\"the name is forbidden\"}";
        authority.finalizedOrder = "invalid";
        assertThat(failure(issuer(LIMIT))).hasMessageContaining("INVALID: the name is forbidden");

        authority.readyOrder = "invalid";
        assertThat(failure(issuer(LIMIT))).hasMessageContaining("INVALID: the name is forbidden");
        assertThat(authority.asked(SimulatedAuthority.FINALIZE + 2)).isZero();
    }

    @Test
    void aValidOrderWithoutACertificateIsAFailure() {
        authority.orderFields = "";

        assertThat(failure(issuer(LIMIT))).hasMessageContaining("no certificate for www.example.com");
    }

    @Test
    void aCertificateThatIsNoneIsAFailure() {
        authority.says(
                SimulatedAuthority.CERTIFICATE + 1,
                new Answer(200, "application/pem-certificate-chain", "", "none", false));

        assertThat(failure(issuer(LIMIT))).hasMessageContaining("no certificate for www.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SimulatedAuthority.ACCOUNT,
                SimulatedAuthority.NEW_ORDER,
                SimulatedAuthority.AUTHORIZATION + 1,
                SimulatedAuthority.CHALLENGE + 1,
                SimulatedAuthority.FINALIZE + 1,
                SimulatedAuthority.ORDER + 1,
                SimulatedAuthority.CERTIFICATE + 1
            })
    void aLimitIsKeptToWhereverTheAuthorityTellsOfIt(String path) throws Exception {
        authority.says(path, Answer.problem(429, "rateLimited", IN_2100));
        assertThat(failure(issuer(LIMIT)).notBefore()).isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));

        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/directory",
                SimulatedAuthority.ACCOUNT,
                SimulatedAuthority.NEW_ORDER,
                SimulatedAuthority.AUTHORIZATION + 1,
                SimulatedAuthority.CHALLENGE + 1,
                SimulatedAuthority.FINALIZE + 1,
                SimulatedAuthority.ORDER + 1,
                SimulatedAuthority.CERTIFICATE + 1
            })
    void anOverloadedAuthorityIsLeftAloneForAsLongAsItSays(String path) throws Exception {
        for (Answer answer : List.of(
                new Answer(503, "text/html", IN_2100, "<html>", true),
                new Answer(503, "", IN_2100, "", true),
                Answer.problem(503, "serverInternal", IN_2100),
                Answer.problem(503, "rateLimited", IN_2100),
                new Answer(429, "text/plain", IN_2100, "slow down", true))) {
            authority.says(path, answer);
            assertThat(failure(issuer(LIMIT)))
                    .satisfies(failure -> assertThat(failure.notBefore()).isEqualTo("2100-01-01T00:00:00Z"))
                    .satisfies(failure -> assertThat(failure.advice()).isNotEmpty());
        }
        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(1);
    }

    @Test
    void aPauseInSecondsCountsFromTheAnswer() {
        authority.says(SimulatedAuthority.NEW_ORDER, new Answer(503, "text/html", "7200", "<html>", true));

        assertThat(failure(issuer(LIMIT)).notBefore())
                .isBetween(Instant.now().plusSeconds(7_000), Instant.now().plusSeconds(7_300));
    }

    @Test
    void aLimitWithoutATimeLeavesTheNextAttemptToUs() {
        authority.says(SimulatedAuthority.NEW_ORDER, Answer.problem(429, "rateLimited", ""));

        assertThat(failure(issuer(LIMIT)).notBefore()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void anAuthorityThatIsOverloadedAndSaysNoMoreIsNamedWithItsStatus() {
        authority.says("/directory", new Answer(503, "text/html", "", "<html>", true));
        assertThat(failure(issuer(LIMIT)))
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("503");

        authority.says(SimulatedAuthority.NEW_ORDER, new Answer(503, "text/html", "", "<html>", true));
        assertThat(failure(issuer(LIMIT))).hasMessageContaining("503");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SimulatedAuthority.ACCOUNT,
                SimulatedAuthority.NEW_ORDER,
                SimulatedAuthority.AUTHORIZATION + 1,
                SimulatedAuthority.CHALLENGE + 1,
                SimulatedAuthority.FINALIZE + 1,
                SimulatedAuthority.CERTIFICATE + 1
            })
    void anAnswerThatIsLostFailsTheAttemptAndTheNextGoesOn(String path) throws Exception {
        AcmeOrderClient issuer = issuer(LIMIT);
        authority.says(path, Answer.LOST);

        assertThat(failure(issuer).notBefore()).isEqualTo(Instant.EPOCH);
        assertThat(issue(issuer)).contains("PRIVATE KEY");
        assertThat(authority.ordered).hasSize(1);
        assertThat(folder.shared().challenges()).isEmpty();
    }

    @Test
    void aNonceThatTheAuthorityDoesNotKnowIsReplaced() throws Exception {
        authority.says(SimulatedAuthority.NEW_ORDER, Answer.problem(400, "badNonce", ""));

        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thu, 01 Jan 2026 00:00:00 GMT", IN_2100})
    void aClockThatIsAheadOfTheAuthoritysOrBehindItFailsNoOrder(String askAgainAt) throws Exception {
        AcmeOrderClient issuer = issuer(SHORT);
        authority.says(
                SimulatedAuthority.ORDER + 1,
                new Answer(200, "application/json", askAgainAt, "{\"status\":\"processing\"}", true));

        assertThat(issue(issuer)).contains("PRIVATE KEY");
        assertThat(authority.asked(SimulatedAuthority.ORDER + 1)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anAccountThatIsRefusedIsNamedAndAskedForAnew() throws Exception {
        authority.says(SimulatedAuthority.ACCOUNT, Answer.problem(403, "unauthorized", ""));
        AcmeOrderClient issuer = issuer(LIMIT);

        assertThat(failure(issuer)).hasMessageContaining("cannot be used").hasMessageContaining("it is unauthorized");
        assertThat(issue(issuer)).contains("PRIVATE KEY");
    }

    @Test
    void theAccountsKeyIsMadeOnceAndADamagedOneIsNotReplaced() throws Exception {
        logOn();
        String key = Files.readString(folder.accountKey());
        logOn();
        assertThat(folder.accountKey()).hasContent(key);

        Files.writeString(folder.accountKey(), "damaged");
        assertThatExceptionOfType(IssuanceException.class)
                .isThrownBy(this::logOn)
                .withMessageContaining("account.key");
        assertThat(folder.accountKey()).hasContent("damaged");
    }

    @Test
    void anAccountThatWasDeactivatedIsReplaced() throws Exception {
        logOn();
        String key = Files.readString(folder.accountKey());
        authority.says(
                SimulatedAuthority.ACCOUNT,
                new Answer(
                        403,
                        "application/problem+json",
                        "",
                        "{\"type\":\"urn:ietf:params:acme:error:unauthorized\",\"detail\":\"Account is deactivated\"}",
                        true));
        assertThatExceptionOfType(IssuanceException.class)
                .isThrownBy(this::logOn)
                .withMessageContaining("the account is deactivated")
                .satisfies(failure -> assertThat(failure.advice()).contains("another account"));

        assertThat(issue(issuer(LIMIT))).contains("PRIVATE KEY");
        assertThat(Files.readString(folder.accountKey())).isNotEqualTo(key);
        assertThat(root.resolve("account.key.deactivated")).hasContent(key);
    }

    @ParameterizedTest
    @CsvSource({
        "caa, CAA record",
        "dns, public DNS",
        "connection, at port 80",
        "rejectedIdentifier, certificates_dir",
        "externalAccountRequired, external_account",
        "rateLimited, wait"
    })
    void theAdviceNamesTheCause(String problem, String advice) {
        authority.says(SimulatedAuthority.NEW_ORDER, Answer.problem(403, problem, ""));

        assertThat(failure(issuer(LIMIT)).advice()).contains(advice);
    }

    private void logOn() throws Exception {
        var unused = issuer(LIMIT);
        assertThat(Objects.requireNonNull(account).logOn()).isNotNull();
    }

    private void answer(AcmeChallenge challenge) throws IOException {
        assertThat(folder.shared().challenges()).containsExactly(challenge);
        answered.add(challenge);
    }

    private IssuanceException failure(AcmeOrderClient issuer) {
        return catchThrowableOfType(IssuanceException.class, () -> issue(issuer));
    }

    /** One attempt, with what an earlier one wrote down. */
    private String issue(AcmeOrderClient issuer) throws IssuanceException, IOException, InterruptedException {
        IssuanceJournal journal = new IssuanceJournal(folder, HOST, folder.record(HOST));
        try {
            String pem = issuer.issue(HOST, Optional.empty(), journal, this::answer);
            journal.issued(authority.directory(), NOW, NOW, Duration.ZERO);
            return pem;
        } catch (IssuanceException e) {
            journal.ended(e, NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(1));
            if (e.kind() != Cause.UNFINISHED) {
                Objects.requireNonNull(account).logOff(e.kind() == Cause.ACCOUNT);
            }
            throw e;
        }
    }

    private AcmeOrderClient issuer(Duration limit) {
        AuthorityConfig authorityConfig = IssuanceFixture.authority(authority);
        AcmeConfig config = new AcmeConfig(
                List.of(authorityConfig), root, CertificateKeyType.P256, List.of(), Duration.ofMinutes(1));
        AuthorityClock time = new AuthorityClock(System::nanoTime);
        account = new AcmeAccountClient(authorityConfig, folder, folder.accountKey(), time);
        ResourcePoller poller = new ResourcePoller(Clock.systemUTC(), time, limit);
        AuthorizationClient authorizations =
                new AuthorizationClient(config, folder, new DnsChallengeService(NoDnsProviders.EDITOR), poller);
        return new AcmeOrderClient(
                authorityConfig, CertificateKeyType.P256, account, authorizations, poller, Clock.systemUTC(), time);
    }
}
