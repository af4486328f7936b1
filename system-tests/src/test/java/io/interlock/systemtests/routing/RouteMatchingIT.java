package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests the requests and connections that containers on a real engine can ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("engine")
class RouteMatchingIT {

    private final LocalEngine engine = LocalEngine.connect();
    private int tcpPort;
    private InterlockProcess interlock;

    @BeforeAll
    void start() throws IOException {
        tcpPort = PortAllocator.next();
        interlock = InterlockProcess.start(ConfigFileBuilder.inNewFolder()
                        .engine("local", engine.address().toString())
                        .with(file -> file.put("tcp_ports", Integer.toString(tcpPort))
                                .putArray("trusted_proxies")
                                .add("127.0.0.0/8")))
                .awaitReady();
    }

    @AfterAll
    void stop() throws IOException {
        interlock.close();
        engine.close();
    }

    @Test
    void oneContainerIsServedAtSeveralPortsPathsAndNames() throws IOException {
        String host = UniqueHostNames.newHost();
        String other = UniqueHostNames.newHost();
        SampleContainer container = engine.sample()
                .hostname(host)
                .exposes(8080)
                .exposes(9000)
                .listensOn(9000)
                .data("{\"port\": 9000, \"routes\": [{}, {\"path\": \"/deep\", \"strip_path\": true},"
                        + " {\"hostname\": \"" + other + "\"}, {\"path\": \"/closed\", \"allow\": [\"192.0.2.1\"]}]}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitServedBy(container, other);
        assertThat(interlock.get(host, "/deep/name").body().strip()).isEqualTo(container.name());
        assertThat(interlock.get(host, "/closed/name").status()).isEqualTo(403);
        assertThat(interlock
                        .get(host, "/closed/name", "X-Forwarded-For: 192.0.2.1")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCanaryGetsWhoeverAsksForItAndNobodyNoticesItsComingAndGoing() throws IOException {
        String host = UniqueHostNames.newHost();
        SampleContainer stable = engine.sample().hostname(host).start();
        interlock.awaitServedBy(stable, host);
        HttpLoadResult result;
        try (HttpLoadClient load = HttpLoadClient.onKeptConnections(4, interlock.port(), host)) {
            SampleContainer canary = engine.sample()
                    .hostname(host)
                    .label("interlock.match_headers", "X-Canary: yes")
                    .start();
            interlock.awaitThat(
                    "the canary is served", () -> nameAt(host, "X-Canary: yes").equals(canary.name()));
            assertThat(nameAt(host)).isEqualTo(stable.name());
            canary.stop();
            interlock.awaitThat(
                    "the canary is gone", () -> !nameAt(host, "X-Canary: yes").equals(canary.name()));
            result = load.stop();
        }
        assertThat(result.isFlawless()).as(result.toString()).isTrue();
    }

    @Test
    void aNewReleaseTakesOverByOneLabelAndBackIfItStops() throws IOException {
        String host = UniqueHostNames.newHost();
        SampleContainer blue =
                engine.sample().hostname(host).label("interlock.release", "1").start();
        interlock.awaitServedBy(blue, host);
        HttpLoadResult result;
        try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
            SampleContainer green = engine.sample()
                    .hostname(host)
                    .label("interlock.release", "2")
                    .start();
            interlock.awaitServedBy(green, host);
            interlock.awaitThat("only the new one serves", () -> serves(host, green));
            result = load.stop();
            // The container ends during an answer.
            green.stop();
            interlock.awaitThat("the old one serves again", () -> serves(host, blue));
        }
        assertThat(result.isFlawless()).as(result.toString()).isTrue();
    }

    private boolean serves(String host, SampleContainer container) throws IOException {
        for (int i = 0; i < 10; i++) {
            if (!nameAt(host).equals(container.name())) {
                return false;
            }
        }
        return true;
    }

    @Test
    void namesMayBeMatchedByExpressionsAndAllTheRestByOne() throws IOException {
        String host = UniqueHostNames.newHost();
        String number = host.replaceAll("[^0-9a-z]", "");
        SampleContainer previews = engine.sample()
                .hostname("previews")
                .data("{\"hostname\": \"~^pr-[0-9]+-" + number + "\\\\.example\\\\.com$\"}")
                .start();
        interlock.awaitServedBy(previews, "pr-7-" + number + ".example.com");
        SampleContainer rest = engine.sample()
                .hostname("rest")
                .label("interlock.default", "true")
                .start();

        interlock.awaitServedBy(rest, "nobody-has-" + number + ".example.org");
        assertThat(nameAt("pr-8-" + number + ".example.com")).isEqualTo(previews.name());
        rest.stop();
        interlock.awaitThat(
                "nobody has the rest",
                () -> interlock
                                .get("nobody-has-" + number + ".example.org", "/")
                                .status()
                        == 503);
    }

    @Test
    void connectionsToAPortArePassedOn() throws IOException {
        SampleContainer container = engine.sample()
                .hostname("database")
                .label("interlock.mode", "tcp")
                .label("interlock.listen", Integer.toString(tcpPort))
                .start();

        interlock.awaitThat("it is passed on", () -> nameAtTcpPort().equals(container.name()));
        String name = LocalEngine.uniqueName("greedy");
        engine.sample()
                .named(name)
                .hostname("greedy")
                .label("interlock.mode", "tcp")
                .label("interlock.listen", Integer.toString(interlock.port()))
                .start();
        interlock.awaitLogged(name, "Interlock itself listens at this port");
        SampleContainer joiner = engine.sample()
                .hostname(UniqueHostNames.newHost())
                .label("com.docker.compose.project", "another")
                .label("interlock.mode", "tls")
                .label("interlock.listen", Integer.toString(tcpPort))
                .start();
        interlock.awaitLogged(joiner.name(), "port " + tcpPort + " belongs to");
        assertThat(nameAtTcpPort()).isEqualTo(container.name());
        // A server that speaks first would wait for a name that nobody sends.
        assertThat(interlock.awaitProxyConfig(Integer.toString(tcpPort))).doesNotContain("inspect-delay");
    }

    private String nameAtTcpPort() throws IOException {
        try (HttpConnection connection = HttpConnection.connect(tcpPort)) {
            return connection.get("whatever", "/name").body().strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String nameAt(String host, String... headers) throws IOException {
        return interlock.get(host, "/name", headers).body().strip();
    }
}
