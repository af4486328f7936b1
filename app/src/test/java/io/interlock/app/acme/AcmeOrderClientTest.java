package io.interlock.app.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.SimulatedAuthority.Answer;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        String pem = issuer(LIMIT).issue(HOST, this::answer);

        assertThat(PemText.certificates(pem)).hasSize(2);
        assertThat(PemKeyReader.privateKey(pem).getAlgorithm()).isEqualTo("EC");
        assertThat(authority.ordered).containsExactly("www.example.com");
        assertThat(answered).extracting(AcmeChallenge::token).containsExactly("token1");
        assertThat(folder.challenges()).isEmpty();
    }

    @Test
    void aNameThatIsAuthorizedAlreadyNeedsNoAnswer() throws Exception {
        authority.newAuthorization = "valid";

        assertThat(issuer(LIMIT).issue(HOST, this::answer)).contains("PRIVATE KEY");
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
        assertThat(folder.challenges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing"})
    void anAuthorizationThatStaysAsItIsIsGivenUp(String state) throws IOException {
        authority.metAuthorization = state;

        assertThat(failure(issuer(SHORT))).hasMessageContaining("did not get the answer");
        assertThat(authority.asked(SimulatedAuthority.FINALIZE + 1)).isZero();
        assertThat(folder.challenges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing", "strange"})
    void anOrderThatDoesNotGetReadyIsGivenUp(String state) {
        authority.readyOrder = state;

        assertThat(failure(issuer(SHORT))).hasMessageContaining("the order for www.example.com is ");
        assertThat(authority.asked(SimulatedAuthority.FINALIZE + 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing", "ready"})
    void anOrderThatStaysAsItIsAfterItWasFinalizedIsGivenUp(String state) {
        authority.finalizedOrder = state;

        assertThat(failure(issuer(SHORT))).hasMessageContaining("the order for www.example.com ended as ");
        assertThat(authority.asked(SimulatedAuthority.CERTIFICATE + 1)).isZero();
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
        AcmeOrderClient issuer = issuer(LIMIT);
        for (int status : new int[] {429, 503}) {
            authority.ordered.clear();
            issuer.logOff();
            authority.says(path, Answer.problem(status, "rateLimited", IN_2100));
            assertThat(failure(issuer).notBefore()).isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
        }
        authority.ordered.clear();

        assertThat(issuer.issue(HOST, this::answer)).contains("PRIVATE KEY");
    }

    @Test
    void aLimitWithoutATimeLeavesTheNextAttemptToUs() {
        authority.says(SimulatedAuthority.NEW_ORDER, Answer.problem(429, "rateLimited", ""));

        assertThat(failure(issuer(LIMIT)).notBefore()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void anAuthorityThatIsOverloadedAndSaysNoMoreIsNamedWithItsStatus() {
        authority.says("/directory", new Answer(503, "text/html", "120", "<html>", true));
        assertThat(failure(issuer(LIMIT)))
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("503");

        authority.says(SimulatedAuthority.NEW_ORDER, new Answer(503, "text/html", "120", "<html>", true));
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
    void anAnswerThatIsLostFailsTheOrderAndNotTheNext(String path) throws Exception {
        AcmeOrderClient issuer = issuer(LIMIT);
        authority.says(path, Answer.LOST);

        assertThat(failure(issuer).notBefore()).isEqualTo(Instant.EPOCH);
        assertThat(folder.challenges()).isEmpty();
        assertThat(issuer.issue(HOST, this::answer)).contains("PRIVATE KEY");
    }

    @Test
    void aNonceThatTheAuthorityDoesNotKnowIsReplaced() throws Exception {
        authority.says(SimulatedAuthority.NEW_ORDER, Answer.problem(400, "badNonce", ""));

        assertThat(issuer(LIMIT).issue(HOST, this::answer)).contains("PRIVATE KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thu, 01 Jan 2026 00:00:00 GMT", IN_2100})
    void aClockThatIsAheadOfTheAuthoritysOrBehindItFailsNoOrder(String askAgainAt) throws Exception {
        AcmeOrderClient issuer = issuer(SHORT);
        authority.says(
                SimulatedAuthority.ORDER + 1,
                new Answer(200, "application/json", askAgainAt, "{\"status\":\"processing\"}", true));

        assertThat(issuer.issue(HOST, this::answer)).contains("PRIVATE KEY");
        assertThat(authority.asked(SimulatedAuthority.ORDER + 1)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anAccountThatIsRefusedIsNamedAndAskedForAnew() throws Exception {
        authority.says(SimulatedAuthority.ACCOUNT, Answer.problem(403, "unauthorized", ""));
        AcmeOrderClient issuer = issuer(LIMIT);

        assertThat(failure(issuer)).hasMessageContaining("cannot be used").hasMessageContaining("it is unauthorized");
        assertThat(issuer.issue(HOST, this::answer)).contains("PRIVATE KEY");
    }

    @Test
    void theAccountsKeyIsMadeOnceAndADamagedOneIsNotReplaced() throws Exception {
        issuer(LIMIT).logOn();
        String key = Files.readString(folder.accountKey());
        issuer(LIMIT).logOn();
        assertThat(folder.accountKey()).hasContent(key);

        Files.writeString(folder.accountKey(), "damaged");
        assertThatExceptionOfType(IssuanceException.class)
                .isThrownBy(() -> issuer(LIMIT).logOn())
                .withMessageContaining("account.key");
        assertThat(folder.accountKey()).hasContent("damaged");
    }

    private void answer(AcmeChallenge challenge) throws IOException {
        assertThat(folder.challenges()).containsExactly(challenge);
        answered.add(challenge);
    }

    private IssuanceException failure(AcmeOrderClient issuer) {
        return catchThrowableOfType(IssuanceException.class, () -> issuer.issue(HOST, this::answer));
    }

    private AcmeOrderClient issuer(Duration limit) {
        return new AcmeOrderClient(
                new AcmeConfig(authority.directory(), Optional.empty(), root, Optional.empty(), Duration.ofMinutes(1)),
                folder,
                Clock.systemUTC(),
                limit);
    }
}
