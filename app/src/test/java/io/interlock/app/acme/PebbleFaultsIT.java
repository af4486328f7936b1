package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.AuthorityConfig.ExternalAccount;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.app.dns.DnsChallengeService;
import io.interlock.testsupport.network.AcmeFaultProxy;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PebbleAcmeServer;
import io.interlock.util.PemText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests orders at a real certificate authority, Pebble, behind a proxy that changes, delays and loses its answers. */
@Tag("engine")
class PebbleFaultsIT {

    private static final HostName NAME = HostName.of("www.example.com");
    private static final Duration LONG = Duration.ofDays(90);
    private static final String NEW_ORDER = "POST /order-plz";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final String KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    @TempDir
    Path root;

    private final List<IssuanceManager> managers = new ArrayList<>();
    private Optional<String> preferredChain = Optional.empty();
    private OriginServer answers;
    private PebbleAcmeServer pebble;
    private AcmeFaultProxy proxy;

    @BeforeEach
    void start() throws Exception {
        answers = OriginServer.answering(exchange -> {
            String token = exchange.getRequestURI().getPath().replaceFirst("^/.well-known/acme-challenge/", "");
            Optional<AcmeChallenge> asked = managers.stream()
                    .flatMap(manager -> manager.challenges().stream())
                    .filter(challenge -> challenge.token().equals(token))
                    .findFirst();
            OriginServer.respond(
                    exchange,
                    asked.isPresent() ? 200 : 404,
                    asked.map(AcmeChallenge::answer).orElse("none"));
        });
        pebble = PebbleAcmeServer.start(root, answers.port(), LONG);
        proxy = new AcmeFaultProxy(root, pebble);
    }

    @AfterEach
    void stop() throws IOException {
        managers.forEach(IssuanceManager::close);
        proxy.close();
        pebble.close();
        answers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dir",
                "/sign-me-up",
                "/order-plz",
                "/authZ/",
                "/chalZ/",
                "/finalize-order/",
                "/my-order/",
                "/certZ/"
            })
    void anAnswerThatIsLostCostsNoSecondCertificate(String path) {
        AtomicInteger lost = new AtomicInteger();
        proxy.set((request, answer) -> request.contains(path) && lost.getAndIncrement() == 0 ? "" : answer);
        want(start("one"));

        awaitCertificate();
        assertThat(lost).hasPositiveValue();
        // Only the answer that names the order cannot be asked for again.
        assertThat(proxy.count(NEW_ORDER, CREATED)).isBetween(1L, path.equals("/order-plz") ? 2L : 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dir", "/sign-me-up", "/order-plz", "/finalize-order/"})
    void anOverloadedAuthorityIsLeftAloneForAsLongAsItSays(String path) {
        AtomicInteger overloaded = new AtomicInteger();
        proxy.set((request, answer) ->
                request.contains(path) && overloaded.getAndIncrement() == 0 ? AcmeFaultProxy.overloaded(4) : answer);
        IssuanceManager manager = start("one");
        long began = System.nanoTime();
        want(manager);
        await().until(() -> status(manager).state() == State.FAILED);
        assertThat(status(manager).reason()).contains("HTTP 503");

        awaitCertificate();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void anOrderThatStaysInProcessingIsPlacedOnceByWhoeverGoesOn() {
        AtomicInteger orders = new AtomicInteger();
        proxy.set((request, answer) -> {
            boolean isOrder = request.contains("/finalize-order/")
                    || (request.contains("/my-order/") && proxy.count("POST /finalize-order/", OK) > 0);
            return isOrder && orders.incrementAndGet() > 0
                    ? AcmeFaultProxy.withBody(
                            answer, body -> body.replaceFirst("\"status\": \"valid\"", "\"status\": \"processing\""))
                    : answer;
        });
        IssuanceManager one = start("one");
        want(one);
        await().until(() -> orders.get() > 3);
        one.close();
        IssuanceManager two = start("two");
        want(two);
        IssuanceManager three = start("three");
        want(three);
        int before = orders.get();
        await().until(() -> orders.get() > before + 1);
        assertThat(certificate()).doesNotExist();

        proxy.set((request, answer) -> answer);
        awaitCertificate();
        assertThat(proxy.count(NEW_ORDER, CREATED)).isEqualTo(1);
        assertThat(proxy.count("POST /finalize-order/", OK)).isEqualTo(1);
    }

    @Test
    void anAuthorityThatComesBackWithoutItsAccountsGetsAnotherOrder() throws IOException {
        proxy.set((request, answer) -> request.contains("/chalZ/") ? "" : answer);
        IssuanceManager manager = start("one");
        want(manager);
        await().until(() -> status(manager).state() == State.FAILED);
        pebble.stop();
        pebble.startAgain();
        proxy.set((request, answer) -> answer);

        awaitCertificate();
    }

    @Test
    void anExternalAccountIsBound() throws Exception {
        pebble.close();
        Path folder = Files.createDirectory(root.resolve("external"));
        pebble = PebbleAcmeServer.start(folder, answers.port(), LONG, Map.of("kid-1", KEY));
        IssuanceManager without = start("one", pebble.directory(), Optional.empty());
        want(without);
        await().until(() -> status(without).state() == State.FAILED);
        assertThat(status(without).advice()).contains("add \"external_account\" to \"acme\"");
        without.close();

        want(start("two", pebble.directory(), Optional.of(new ExternalAccount("kid-1", KEY))));
        awaitCertificate();
    }

    @Test
    void whatIsRenewedComesFromTheDirectoryThatIsConfigured() throws Exception {
        IssuanceManager first = start("one");
        want(first);
        awaitCertificate();
        first.close();
        String before = Files.readString(certificate());
        Path folder = Files.createDirectory(root.resolve("other"));
        try (PebbleAcmeServer other = PebbleAcmeServer.start(folder, answers.port(), LONG)) {
            IssuanceManager second = new IssuanceManager(
                    config(other.directory(), folder, Optional.empty()),
                    new DnsChallengeService(NoDnsProviders.EDITOR),
                    "two",
                    Clock.systemUTC(),
                    System::nanoTime);
            managers.add(second);
            second.start(this::issued, () -> {});
            want(second);

            await().until(() -> !Files.readString(certificate()).equals(before));
        }
    }

    @Test
    void theChainOfThePreferredIssuerIsUsed() throws Exception {
        String usual = issuer(pebble.root(0));
        String other = issuer(pebble.root(1));
        preferredChain = Optional.of(other);
        want(start("one"));
        awaitCertificate();
        assertThat(issuers()).contains(other).doesNotContain(usual);
    }

    @Test
    void anIssuerThatIsNotOfferedLeavesTheUsualChain() throws Exception {
        preferredChain = Optional.of("Nobody");
        want(start("one"));
        awaitCertificate();
        assertThat(issuers()).contains(issuer(pebble.root(0)));
    }

    private static String issuer(Path root) throws Exception {
        return PemText.certificates(Files.readString(root))
                .getFirst()
                .getSubjectX500Principal()
                .getName()
                .replaceFirst("^CN=", "");
    }

    private List<String> issuers() throws Exception {
        return PemText.certificates(Files.readString(certificate())).stream()
                .map(each -> each.getIssuerX500Principal().getName().replaceFirst("^CN=", ""))
                .toList();
    }

    private IssuanceManager start(String instance) {
        return start(instance, proxy.directory(), Optional.empty());
    }

    private IssuanceManager start(String instance, String directory, Optional<ExternalAccount> external) {
        IssuanceManager manager = new IssuanceManager(
                config(directory, pebble.authority().resolveSibling(""), external),
                new DnsChallengeService(NoDnsProviders.EDITOR),
                instance,
                Clock.systemUTC(),
                System::nanoTime,
                () -> new AuthorityClock(System::nanoTime),
                Duration.ofSeconds(1));
        managers.add(manager);
        manager.start(this::issued, () -> managers.forEach(each -> each.answers("lb", each.challenges())));
        return manager;
    }

    private AcmeConfig config(String directory, Path folder, Optional<ExternalAccount> external) {
        return new AcmeConfig(
                List.of(new AuthorityConfig(
                        URI.create(directory),
                        Optional.empty(),
                        Optional.of(folder.resolve("pebble.crt")),
                        external,
                        Optional.empty(),
                        preferredChain)),
                root.resolve("acme"),
                CertificateKeyType.P256,
                List.of(),
                Duration.ofSeconds(1));
    }

    private Map<HostName, Validity> issued() {
        try {
            Map<HostName, Validity> issued = new TreeMap<>();
            new AcmeFolder(root.resolve("acme"), "test")
                    .present(NAME)
                    .ifPresent(certificate -> issued.put(NAME, AcmeFolder.validity(certificate)));
            return issued;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void want(IssuanceManager manager) {
        HostTls tls = new HostTls(true, Optional.empty(), Optional.empty());
        manager.want(List.of(new VirtualHost(List.of(NAME), List.of(Route.toBackend("backend")), tls)));
    }

    private static IssuanceStatus status(IssuanceManager manager) {
        return manager.status().getFirst();
    }

    private Path certificate() {
        return root.resolve("acme/certificates/www.example.com.pem");
    }

    private void awaitCertificate() {
        await().until(() -> Files.exists(certificate()));
    }
}
