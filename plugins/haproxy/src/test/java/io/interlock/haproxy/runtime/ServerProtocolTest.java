package io.interlock.haproxy.runtime;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.ServerPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Containers of one backend that speak different protocols, and answer only what clients send them, on each available
 * HAProxy.
 */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ServerProtocolTest {

    private static final HostName NAME = HostName.of("www.example.com");
    private static final ServerPolicy TLS = new BackendPolicy.TlsToServers(false, Optional.of(NAME));
    private static final ServerPolicy HTTP2 = new BackendPolicy.Http2ToServers();

    private final Path binary;

    @TempDir
    Path folder;

    private final List<Server> servers = new ArrayList<>();
    private final int plain = PortAllocator.next();
    private final int http2 = PortAllocator.next();
    private final int tls = PortAllocator.next();
    private final int proxied = PortAllocator.next();
    private Process origin;
    private HaproxyFixture rig;
    private HealthCheck check = new HealthCheck.Http("GET", "/", Optional.of(NAME));

    ServerProtocolTest(Path binary) {
        this.binary = binary;
    }

    /** Starts a server that refuses handshakes without SNI and requests without the right Host. */
    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("origin.cfg");
        Files.writeString(file, """
            defaults
                mode http
                timeout client 1h
            frontend origin
                bind 127.0.0.1:%d
                bind 127.0.0.1:%d proto h2
                bind 127.0.0.1:%d ssl crt %s strict-sni alpn h2,http/1.1
                bind 127.0.0.1:%d accept-proxy
                http-request deny deny_status 421 unless { req.hdr(host) -i www.example.com }
                http-request return status 200 content-type text/plain lf-string "%%[dst_port] %%[req.ver]"
            """.formatted(
                        plain,
                        http2,
                        tls,
                        new OpensslCertificates(folder.resolve("pems")).selfSigned("www", NAME.value()),
                        proxied));
        origin = new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("origin.log").toFile())
                .start();
        rig = new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty());
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        origin.destroy();
        origin.onExit().join();
    }

    @Test
    void containersThatJoinWithOtherProtocolsTakeNobodyDown() throws Exception {
        join("plain", plain);
        apply(ApplyMethod.START);
        awaitAllUp();

        joinAll();
        apply(ApplyMethod.RUNTIME);
        awaitAllUp();
        assertThat(answers(40)).allMatch(answer -> answer.startsWith("200 ")).hasSizeGreaterThan(3);
    }

    @Test
    void allOfThemPassTheirChecksFromTheConfiguration() throws Exception {
        join("plain", plain);
        joinAll();
        apply(ApplyMethod.START);
        awaitAllUp();
        assertThat(answers(40)).allMatch(answer -> answer.startsWith("200 ")).hasSizeGreaterThan(3);
    }

    @Test
    void aLimitIsThatOfOneContainer() throws Exception {
        join("plain", plain);
        apply(ApplyMethod.START);
        join("limited", plain, new BackendPolicy.ConcurrencyLimit(5));
        // The time that requests may wait for it belongs to the backend.
        apply(ApplyMethod.RELOAD);
        join("other", plain, new BackendPolicy.ConcurrencyLimit(6));
        apply(ApplyMethod.RUNTIME);

        assertThat(RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show stat")
                        .lines()
                        .filter(line -> line.startsWith("www_example_com,"))
                        .map(line -> line.split(",", -1)[1] + "=" + line.split(",", -1)[6]))
                .contains("plain=", "limited=5", "other=6");
    }

    @Test
    void aHandshakeIsEnoughForACheckByTcp() throws Exception {
        check = new HealthCheck.Tcp();
        join("plain", plain);
        apply(ApplyMethod.START);
        joinAll();
        apply(ApplyMethod.RUNTIME);
        awaitAllUp();
    }

    private void joinAll() {
        join("http2", http2, HTTP2);
        join("tls", tls, TLS);
        join("tls-http2", tls, TLS, HTTP2);
        join("proxied", proxied, new BackendPolicy.ProxyProtocol(2));
        join(
                "slow",
                plain,
                new BackendPolicy.CheckThresholds(1, 3),
                new BackendPolicy.SlowStart(Duration.ofSeconds(1)));
    }

    private void join(String name, int port, ServerPolicy... policies) {
        servers.add(new Server(
                name,
                name,
                InetAddress.getLoopbackAddress(),
                port,
                ServerState.READY,
                Duration.ofMillis(200),
                1,
                false,
                List.of(policies)));
    }

    private void apply(ApplyMethod method) throws Exception {
        Backend backend = new Backend(Backend.nameFor(NAME), servers, check, List.of());
        assertThat(rig.apply(new TopologySnapshot(
                        1,
                        new Topology(
                                List.of(new VirtualHost(List.of(NAME), List.of(Route.toBackend(backend.name())))),
                                List.of(backend)))))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(method));
    }

    private List<String> answers(int requests) throws IOException {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            var response = rig.get(NAME.value(), "/");
            answers.add(response.status() + " " + response.body());
        }
        return answers.stream().distinct().toList();
    }

    private void awaitAllUp() {
        await().untilAsserted(() -> assertThat(RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show stat")
                        .lines()
                        .filter(line -> line.contains(",127.0.0.1:") && !line.contains("interlock:wait"))
                        .toList())
                .hasSize(servers.size())
                .allSatisfy(line -> assertThat(line).contains(",UP,").matches(".*,L[467]OK,.*")));
    }
}
