package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.app.acme.SimulatedAuthority.Answer;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests several authorities, of which one issues if another does not. */
@Tag("unit")
class FallbackAuthorityTest extends IssuanceFixture {

    private SimulatedAuthority second;
    private CertificateKeyType keyType = CertificateKeyType.P256;
    private Optional<String> profile = Optional.empty();

    @BeforeEach
    void startSecond() throws IOException {
        issuing.close();
        second = new SimulatedAuthority(NOW);
        issuing = start("one");
    }

    @AfterEach
    void stopSecond() {
        second.close();
    }

    @Override
    List<AuthorityConfig> authorities() {
        if (second == null) {
            return super.authorities();
        }
        AuthorityConfig first = authority(authority);
        return List.of(
                new AuthorityConfig(
                        first.directory(),
                        first.email(),
                        first.trusted(),
                        first.externalAccount(),
                        profile,
                        first.preferredChain()),
                authority(second));
    }

    @Override
    CertificateKeyType keyType() {
        return keyType;
    }

    @Test
    void theFirstAuthorityIssuesWhileItCan() throws IOException {
        want(ONE, TWO);

        awaitCertificate(ONE);
        awaitCertificate(TWO);
        assertThat(authority.ordered).hasSize(2);
        assertThat(second.ordered).isEmpty();
        assertThat(Files.exists(folder.resolve("account.key"))).isTrue();
    }

    @Test
    void anAuthorityThatDoesNotAnswerIsReplacedAtOnce() throws IOException {
        authority.says(SimulatedAuthority.ACCOUNT, new Answer(500, "text/plain", "", "", false));
        want(ONE);

        awaitCertificate(ONE);
        assertThat(second.ordered).containsExactly(ONE.value());
        await().until(() -> record().directory().equals(Optional.of(second.directory())));
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(String::valueOf).filter(name -> name.startsWith("account-")))
                    .hasSize(1);
        }
    }

    @Test
    void anAuthorityThatRefusesTwiceIsReplaced() {
        authority.metAuthorization = "invalid";
        want(ONE);

        awaitState(ONE, State.FAILED);
        awaitLock();
        move(Duration.ofHours(1));
        await().until(() -> authority.ordered.size() == 2);
        await().until(() ->
                record().attempts().failures() == 2 && record().order().isEmpty());
        awaitLock();
        assertThat(second.ordered).isEmpty();

        move(Duration.ofHours(1));
        awaitCertificate(ONE);
        assertThat(second.ordered).hasSize(1);
    }

    @Test
    void theCertificateOfAFallbackIsKeptUntilItIsDueAndThenTheFirstIsAsked() {
        authority.says(SimulatedAuthority.ACCOUNT, new Answer(500, "text/plain", "", "", false));
        want(ONE);
        awaitCertificate(ONE);
        awaitLock();
        authority.says(SimulatedAuthority.ACCOUNT, new Answer(500, "text/plain", "", "", true));

        move(Duration.ofDays(1));
        want(ONE, TWO);
        awaitCertificate(TWO);
        assertThat(second.ordered.size() + authority.ordered.size()).isEqualTo(2);

        authority.issuedFrom = authorityClock.instant();
        move(Duration.ofDays(61));
        await().until(() -> authority.ordered.contains(ONE.value()));
    }

    @Test
    void allAuthoritiesOutOfReachAreReportedWithTheFirst() {
        authority.says(SimulatedAuthority.ACCOUNT, new Answer(500, "text/plain", "", "", false));
        second.says(SimulatedAuthority.ACCOUNT, new Answer(500, "text/plain", "", "", false));
        want(ONE);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("the certificate authority cannot be used", "127.0.0.1");
        assertThat(authority.ordered).isEmpty();
    }

    @Test
    void theKeyHasTheTypeThatIsConfigured() throws Exception {
        issuing.close();
        keyType = CertificateKeyType.RSA2048;
        issuing = start("one");
        want(ONE);

        awaitCertificate(ONE);
        assertThat(PemText.certificates(Files.readString(certificate()))
                        .getFirst()
                        .getPublicKey()
                        .getAlgorithm())
                .isEqualTo("RSA");
    }

    @Test
    void theProfileIsOrderedThatIsConfigured() {
        issuing.close();
        authority.directoryFields = ",\"meta\":{\"profiles\":{\"shortlived\":\"six days\"}}";
        profile = Optional.of("shortlived");
        issuing = start("one");
        want(ONE);

        awaitCertificate(ONE);
        assertThat(authority.profiles).containsExactly("shortlived");
    }

    @Test
    void aProfileThatTheAuthorityDoesNotOfferIsNamed() {
        issuing.close();
        profile = Optional.of("shortlived");
        issuing = start("one");
        want(ONE);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("profile");
    }
}
