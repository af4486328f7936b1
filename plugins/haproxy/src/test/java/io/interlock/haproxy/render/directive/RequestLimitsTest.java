package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.OriginServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of what a client may send and a container may answer, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class RequestLimitsTest {

    private static final String WWW = "www.example.com";
    private static final String OTHER = "other.example.com";
    private static final String HASH = "$5$rounds=1000$abc$Mz4DiYKTnNKbZLo/mIp3d8Y4aQBhv3uhSwxLDy55/Y8";
    private static final int FAILED_LOGINS = 11;

    @TempDir
    Path folder;

    private final Path binary;

    RequestLimitsTest(Path binary) {
        this.binary = binary;
    }

    @Test
    void aHostOfMoreThan253CharactersMeetsNoExpression() throws Exception {
        String longest = "a.".repeat(126) + "a";
        try (OriginServer origin = new OriginServer("web");
                HaproxyFixture rig = open(UnaryOperator.identity())) {
            apply(rig, List.of(host("~^[a-z.]+$", "web")), backend("web", origin));

            assertThat(status(rig, longest)).isEqualTo(200);
            assertThat(status(rig, longest + "a")).isEqualTo(400);
            assertThat(status(rig, longest + ".a:80")).isEqualTo(400);
        }
    }

    @Test
    void aHeadHasAtMost256Headers() throws Exception {
        try (OriginServer origin = OriginServer.answering(exchange -> {
                    int headers =
                            Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
                    IntStream.range(0, headers)
                            .forEach(i -> exchange.getResponseHeaders().add("X-" + i, "1"));
                    OriginServer.respond(exchange, 200, "ok");
                });
                HaproxyFixture rig = open(UnaryOperator.identity())) {
            apply(rig, List.of(host(WWW, "web")), backend("web", origin));

            // The server of this test takes 200.
            assertThat(rig.get(WWW, "/0", headers(190)).status()).isEqualTo(200);
            assertThat(rig.get(WWW, "/0", headers(260)).status()).isEqualTo(400);
            assertThat(rig.get(WWW, "/230").status()).isEqualTo(200);
            assertThat(rig.get(WWW, "/260").status()).isEqualTo(502);
        }
    }

    @Test
    void anIpv6NetworkOf64BitsHasTenFailedLoginsAtAllContainers() throws Exception {
        UnaryOperator<ProxySettings> trusting = settings -> with(
                settings,
                new ListenerSettings(List.of(AddressRange.of("127.0.0.0/8")), false, LogFormat.TEXT, Optional.empty()));
        BackendPolicy users = new BackendPolicy.BasicAuthentication(List.of(new User("alice", HASH)));
        try (OriginServer origin = new OriginServer("web");
                HaproxyFixture rig = open(trusting)) {
            apply(
                    rig,
                    List.of(host(WWW, "web"), host(OTHER, "other")),
                    backend("web", origin, users),
                    backend("other", origin, users));
            for (int i = 0; i < FAILED_LOGINS; i++) {
                assertThat(login(rig, i % 2 == 0 ? WWW : OTHER, "2001:db8:0:1::" + (i + 1), "guess" + i))
                        .isEqualTo(401);
            }

            assertThat(login(rig, WWW, "2001:db8:0:1:ffff::1", "secret")).isEqualTo(429);
            assertThat(login(rig, OTHER, "2001:db8:0:1::2", "secret")).isEqualTo(429);
            assertThat(login(rig, WWW, "2001:db8:0:2::1", "secret")).isEqualTo(200);
        }
    }

    private static int login(HaproxyFixture rig, String host, String client, String password) throws Exception {
        String account = Base64.getEncoder().encodeToString(("alice:" + password).getBytes(StandardCharsets.UTF_8));
        return rig.get(host, "/", "Authorization: Basic " + account, "X-Forwarded-For: " + client)
                .status();
    }

    private static int status(HaproxyFixture rig, String host) throws Exception {
        return rig.get(host, "/").status();
    }

    private static String[] headers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": 1").toArray(String[]::new);
    }

    private static VirtualHost host(String name, String backend) {
        return new VirtualHost(List.of(new HostName(name)), List.of(Route.toBackend(backend)));
    }

    private static Backend backend(String name, OriginServer origin, BackendPolicy... policies) {
        return new Backend(
                name,
                List.of(LoopbackTopologies.server("web", origin.port())),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(policies));
    }

    private HaproxyFixture open(UnaryOperator<ProxySettings> settings) throws Exception {
        return new HaproxyFixture(folder.resolve("rig"), HaproxyFixture.withBinary(binary), settings);
    }

    private static void apply(HaproxyFixture rig, List<VirtualHost> hosts, Backend... backends) throws Exception {
        rig.apply(new TopologySnapshot(1, new Topology(new ArrayList<>(hosts), List.of(backends))));
    }

    private static ProxySettings with(ProxySettings usual, ListenerSettings listeners) {
        return new ProxySettings(
                usual.port(),
                usual.connectTimeout(),
                usual.serverTimeout(),
                usual.clientTimeout(),
                usual.maxConnections(),
                usual.syslogAddress(),
                usual.configPath(),
                usual.pidPath(),
                usual.statsCredentials(),
                usual.tls(),
                listeners);
    }
}
