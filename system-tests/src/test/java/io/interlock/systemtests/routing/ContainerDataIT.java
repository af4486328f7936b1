package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the requests of a container in INTERLOCK_DATA and labels are fulfilled, or left out with a reason; they
 * never harm another container.
 */
@Tag("engine")
class ContainerDataIT {

    private static final String HASH_OF_SECRET = "$5$rounds=1000$abc$Mz4DiYKTnNKbZLo/mIp3d8Y4aQBhv3uhSwxLDy55/Y8";

    private static final String MARK = "brought-in-by-a-container";

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine();

    private final LocalEngine engine = running.engine();
    private final InterlockProcess interlock = running.process();
    private final String host = UniqueHostNames.newHost();

    @Test
    void thePortThatTheDataNamesIsUsed() {
        SampleContainer container = engine.sample()
                .hostname(host)
                .exposes(9000)
                .listensOn(9000)
                .data("{\"port\": 9000}")
                .start();

        interlock.awaitServedBy(container, host);
    }

    @Test
    void withoutAPortTheLowestExposedOneIsUsedAndTheChoiceIsLogged() {
        String name = LocalEngine.uniqueName("choice");

        SampleContainer container = engine.sample()
                .named(name)
                .hostname(host)
                .exposes(9000)
                .exposes(8443)
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitLogged(name, "8080");
    }

    @Test
    void aPortThatNobodyListensOnIsNotReplacedByAnother() throws IOException {
        SampleContainer wrong =
                engine.sample().hostname(host).data("{\"port\": 9999}").start();
        awaitAContainerThatCameLater();

        assertThat(interlock.get(host, "/name").status()).isEqualTo(503);
        assertThat(wrong.name()).isNotEmpty();
    }

    @Test
    void labelsWinOverTheData() {
        SampleContainer container = engine.sample()
                .hostname(host)
                .data("{\"port\": 9999}")
                .label("interlock.port", "8080")
                .start();

        interlock.awaitServedBy(container, host);
    }

    @Test
    void labelsAloneAreEnough() {
        String alias = UniqueHostNames.newHost();

        SampleContainer container = engine.sample()
                .hostname("short")
                .label("interlock.hostname", "www")
                .label("interlock.domain", host)
                .label("interlock.alias_domains", alias)
                .start();

        interlock.awaitServedBy(container, "www." + host);
        interlock.awaitServedBy(container, alias);
    }

    @Test
    void aContainerSaysWhatHappensToItsRequests() throws IOException {
        SampleContainer container = engine.sample()
                .hostname(host)
                .label("interlock.response_headers.0", "X-Frame-Options: DENY")
                .label("interlock.request_id", "true")
                .label("interlock.rate_limit", "1000/s")
                .label("interlock.allow", "127.0.0.0/8,::1")
                .data("{\"basic_auth\": [\"alice:" + HASH_OF_SECRET + "\"]}")
                .start();
        interlock.awaitThat("it is served", () -> interlock.get(host, "/name").status() == 401);

        HttpConnection.Response response = interlock.get(host, "/name", "Authorization: Basic YWxpY2U6c2VjcmV0");
        assertThat(response.body().strip()).isEqualTo(container.name());
        assertThat(response.headers()).containsEntry("x-frame-options", "DENY").containsKey("x-request-id");
        assertThat(interlock.log()).doesNotContain(HASH_OF_SECRET);
    }

    @Test
    void containersShareANameByPath() throws IOException {
        SampleContainer site = engine.sample().hostname(host).start();
        interlock.awaitServedBy(site, host);
        SampleContainer api = engine.sample()
                .hostname(host)
                .label("interlock.path", "/api")
                .label("interlock.strip_path", "true")
                .start();
        interlock.awaitThat(
                "the path is served",
                () -> interlock.get(host, "/api/name").body().strip().equals(api.name()));

        assertThat(interlock.nameAt(host)).isEqualTo(site.name());
        api.stop();
        interlock.awaitThat(
                "it is not any more",
                () -> !interlock.get(host, "/api/name").body().strip().equals(api.name()));
        assertThat(interlock.nameAt(host)).isEqualTo(site.name());
    }

    @Test
    void aContainerGetsItsShareOfTheRequests() throws IOException {
        SampleContainer stable =
                engine.sample().hostname(host).label("interlock.weight", "9").start();
        SampleContainer canary = engine.sample().hostname(host).start();
        interlock.awaitServedBy(stable, host);
        interlock.awaitServedBy(canary, host);

        int canaries = 0;
        for (int i = 0; i < 100; i++) {
            canaries += interlock.nameAt(host).equals(canary.name()) ? 1 : 0;
        }
        assertThat(canaries).isBetween(8, 12);
    }

    @Test
    void whoeverCannotBeProtectedAsItAsksIsNotServedAndNoOtherIsDisturbed() throws IOException {
        String name = LocalEngine.uniqueName("open");
        engine.sample()
                .named(name)
                .hostname(host)
                .data("{\"basic_auth\": [\"alice:plain-text\"]}")
                .start();
        interlock.awaitLogged(name, "INTERLOCK_DATA.basic_auth", "not served");

        assertThat(interlock.get(host, "/name").status()).isEqualTo(503);
        assertThat(interlock.log()).doesNotContain("plain-text");
        awaitAContainerThatCameLater();
    }

    @Test
    void aWarmContainerJoinsOnceItAnswers() {
        SampleContainer old = engine.sample().hostname(host).start();
        interlock.awaitServedBy(old, host);

        try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
            SampleContainer late = engine.sample()
                    .hostname(host)
                    .data("{\"warm\": true}")
                    .listensAfterSeconds(1.5)
                    .start();
            interlock.awaitServedBy(late, host);

            HttpLoadResult result = load.stop();
            assertThat(result.isFlawless()).as(result.toString()).isTrue();
        }
    }

    @Test
    void aContainerThatFailsItsOwnCheckIsLeftOutUntilItPasses() {
        String data = "{\"check\": \"httpchk GET /health\", \"check_interval\": 200}";
        SampleContainer good = engine.sample().hostname(host).data(data).start();
        SampleContainer bad = engine.sample().hostname(host).data(data).start();
        interlock.awaitServedBy(good, host);
        interlock.awaitServedBy(bad, host);

        bad.run("mv /www/health /www/ill");
        interlock.awaitThat("only the healthy one answers", () -> names(8).equals(Set.of(good.name())));

        bad.run("mv /www/ill /www/health");
        interlock.awaitThat("both answer again", () -> names(8).equals(Set.of(good.name(), bad.name())));
    }

    @Test
    void anEqualsSignInAValueIsPartOfIt() {
        SampleContainer container = engine.sample()
                .hostname(host)
                .data("{\"check\": \"httpchk GET /health?a=b&c=d\", \"check_interval\": 200}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitThat(
                "the check is configured whole",
                () -> Files.readString(interlock.settings().folder().resolve("data/plugins/haproxy/checks.map"))
                        .contains("/health?a=b&c=d\n"));
    }

    @Test
    void theOldestContainerOfANameDecidesItsCheck() {
        SampleContainer oldest = engine.sample()
                .hostname(host)
                .data("{\"check\": \"httpchk GET /health\", \"check_interval\": 200}")
                .start();
        String name = LocalEngine.uniqueName("younger");
        SampleContainer younger = engine.sample()
                .named(name)
                .hostname(host)
                .data("{\"check\": \"httpchk GET /missing\", \"check_interval\": 200}")
                .start();

        interlock.awaitLogged(name, "check");
        interlock.awaitServedBy(oldest, host);
        interlock.awaitServedBy(younger, host);
    }

    @Test
    void optionsThatHaproxyDroppedBecomeWhatReplacedThem() throws IOException {
        SampleContainer container = engine.sample()
                .hostname(host)
                .data("{\"backend_options\": [\"forceclose\", \"http-no-delay\"]}")
                .start();

        interlock.awaitServedBy(container, host);
        assertThat(interlock.awaitProxyConfig("option httpclose", "option http-no-delay"))
                .doesNotContain("forceclose");
    }

    @Test
    void anOptionThatDoesNotExistIsLeftOutAndNamedInTheLog() {
        SampleContainer container = engine.sample()
                .hostname(host)
                .data("{\"backend_options\": [\"no-such-option\"]}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitLogged("no-such-option");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"port\": 8080", "not json at all", "[]", "{\"port\": \"eighty\"}", "{\"port\": 70000}"})
    void dataThatIsWrongLeavesOnlyThatContainerOutWithAReason(String data) throws IOException {
        SampleContainer neighbour = engine.sample().hostname(host).start();
        String name = LocalEngine.uniqueName("wrong");
        String wrongHost = UniqueHostNames.newHost();

        engine.sample().named(name).hostname(wrongHost).data(data).start();

        interlock.awaitLogged(name, "INTERLOCK_DATA");
        interlock.awaitServedBy(neighbour, host);
        assertThat(interlock.get(wrongHost, "/name").status()).isEqualTo(503);
    }

    @Test
    void aFieldOfTheWrongTypeIsNamedInTheLogAndTheRestIsDone() {
        String name = LocalEngine.uniqueName("mistyped");

        SampleContainer container = engine.sample()
                .named(name)
                .hostname(host)
                .data("{\"alias_domains\": 7}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitLogged(name, "alias_domains");
    }

    @Test
    void anUnknownFieldIsNamedInTheLogAndTheRestIsDone() {
        String name = LocalEngine.uniqueName("unknown");

        SampleContainer container = engine.sample()
                .named(name)
                .hostname(host)
                .data("{\"port\": 8080, \"prot\": 1}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitLogged(name, "prot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"check\": \"httpchk GET /\\n  http-request return status 200 string MARK\"}",
                "{\"check\": \"httpchk GET / # MARK\"}",
                "{\"check\": \"httpchk GET /${HOME}MARK\"}",
                "{\"check\": \"httpchk GET /'\\\"MARK\"}",
                "{\"backend_options\": [\"httpclose\\n  http-request return status 200 string MARK\"]}",
                "{\"backend_options\": [\"httpclose\", \"forwardfor header MARK\\r\\nglobal\"]}",
                "{\"alias_domains\": [\"a.example\\n  http-request return status 200 string MARK\"]}",
                "{\"alias_domains\": [\"-f /etc/passwd MARK\"]}",
                "{\"alias_domains\": [\"%[env(HOME)].MARK\"]}",
                "{\"hostname\": \"x y MARK\", \"domain\": \"unix@/var/run/docker.sock\"}"
            })
    void nothingInTheDataCanBecomeConfiguration(String template) throws IOException {
        SampleContainer neighbour = engine.sample().hostname(host).start();
        interlock.awaitServedBy(neighbour, host);
        String name = LocalEngine.uniqueName("hostile");
        String hostileHost = UniqueHostNames.newHost();

        engine.sample()
                .named(name)
                .hostname(hostileHost)
                .data(template.replace("MARK", MARK))
                .start();
        interlock.awaitLogged(name);
        SampleContainer later = awaitAContainerThatCameLater();

        assertThat(interlock.nameAt(host)).isEqualTo(neighbour.name());
        assertThat(interlock.get(hostileHost, "/name").body()).doesNotContain(MARK);
        List<String> lines = interlock.awaitProxyConfig(later.name()).lines().toList();
        assertThat(lines).noneMatch(line -> line.strip().startsWith("http-request return") && line.contains(MARK));
        assertThat(lines).noneMatch(line -> line.contains("${HOME}") || line.contains("env(HOME)"));
    }

    private SampleContainer awaitAContainerThatCameLater() {
        String laterHost = UniqueHostNames.newHost();
        SampleContainer later = engine.sample().hostname(laterHost).start();
        interlock.awaitServedBy(later, laterHost);
        return later;
    }

    private Set<String> names(int requests) throws IOException {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            names.add(interlock.nameAt(host));
        }
        return names;
    }
}
