package com.example.interlock.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.testkit.OriginFixture;
import io.interlock.testkit.TestLoadBalancerContext;
import io.interlock.testkit.TopologyFixtures;
import io.interlock.testkit.TopologyGenerator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behavior of this plugin beyond the contract, on a real nginx. */
@Tag("engine")
class NginxLoadBalancerTest {

    @TempDir
    Path temporary;

    private final List<LoadBalancer> open = new ArrayList<>();
    private TestLoadBalancerContext host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestLoadBalancerContext(temporary);
    }

    @AfterEach
    void close() {
        open.forEach(LoadBalancer::close);
    }

    @Test
    void aBackendThatNginxRefusesIsLeftOutAndTheOthersAreServed() throws Exception {
        Path template = host.dataDirectory().resolve("own.mustache");
        Files.writeString(
                template, new NginxTemplate(Optional.empty()).text().replace("keepalive 64;", "keepalive {{name}};"));
        LoadBalancer nginx = create(Optional.of(template));
        try (OriginFixture good = OriginFixture.start("good");
                OriginFixture bad = OriginFixture.start("bad")) {
            Topology topology = TopologyFixtures.of(
                    TopologyFixtures.host(List.of("good.example.com"), backend("32", good)),
                    TopologyFixtures.host(List.of("bad.example.com"), backend("x", bad)),
                    TopologyFixtures.host(List.of("worse.example.com"), backend("y", bad)));
            ApplyResult result = nginx.apply(new TopologySnapshot(1, topology));
            assertThat(result).isInstanceOf(Applied.class);
            assertThat(((Applied) result).omissions())
                    .extracting(omission -> omission.backendName())
                    .containsExactly("x", "y");
            assertThat(((Applied) result).omissions().getFirst().reason()).contains("keepalive");
            assertThat(ask("good.example.com")).endsWith("good");
            assertThat(ask("bad.example.com")).contains(" 503 ");
        }
    }

    @Test
    void serversHaveSharesAndABackupGetsNothingUnlessItIsAlone() throws Exception {
        LoadBalancer nginx = create(Optional.empty());
        try (OriginFixture often = OriginFixture.start("often");
                OriginFixture rare = OriginFixture.start("rare");
                OriginFixture spare = OriginFixture.start("spare")) {
            Set<String> answers = answers(
                    nginx, 1, server(often, 4, false), server(rare, 1, false), server(spare, 1, true));
            assertThat(answers).containsExactlyInAnyOrder("often", "rare");

            assertThat(answers(nginx, 2, server(rare, 1, true), server(spare, 1, true)))
                    .containsExactlyInAnyOrder("rare", "spare");
        }
    }

    private static Server server(OriginFixture origin, int weight, boolean backup) {
        Server plain = origin.server();
        return new Server(
                plain.id(),
                plain.name(),
                plain.address(),
                plain.port(),
                plain.state(),
                plain.checkInterval(),
                weight,
                backup);
    }

    private Set<String> answers(LoadBalancer nginx, int revision, Server... servers) throws Exception {
        Backend backend = new Backend("b", List.of(servers), new HealthCheck.Tcp(), List.of());
        assertThat(nginx.apply(new TopologySnapshot(
                        revision,
                        TopologyFixtures.of(TopologyFixtures.host(List.of("w.example.com"), backend)))))
                .isInstanceOf(Applied.class);
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String answer = ask("w.example.com");
            answers.add(answer.substring(answer.lastIndexOf('\n') + 1));
        }
        return answers;
    }

    @Test
    void aTemplateThatIsWrongByItselfIsRejectedWithItsLine() throws Exception {
        Path template = host.dataDirectory().resolve("own.mustache");
        Files.writeString(template, "events {}\nhttp { no_directive; }\n");
        ApplyResult result = create(Optional.of(template)).apply(new TopologySnapshot(1, Topology.EMPTY));
        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(((Rejected) result).reason()).contains("no_directive").contains("line 2");
    }

    @Test
    void whateverATopologyHoldsNginxFindsItValid() throws Exception {
        NginxFiles folder = new NginxFiles(host.dataDirectory());
        NginxProcess nginx = new NginxProcess(NginxProcess.find(Optional.empty()), folder, () -> {});
        String template = new NginxTemplate(Optional.empty()).text();
        for (long seed = 1; seed <= 40; seed++) {
            Topology topology = new TopologyGenerator(seed).next(30);
            RenderedNginxConf configuration =
                    RenderedNginxConf.of(topology, Map.of(), template, NginxConfig.DEFAULTS, host.settings(), folder);
            NginxFiles.write(folder.candidate(), configuration.text());
            assertThat(nginx.check(folder.candidate())).as("seed %d", seed).isEmpty();
            assertThat(configuration.text().lines().filter(line -> line.strip().startsWith("server_name ")))
                    .as("seed %d", seed)
                    .hasSize(topology.virtualHosts().size());
        }
    }

    @Test
    void aThousandNamesAndTheLongestFit() throws Exception {
        LoadBalancer nginx = create(Optional.empty());
        try (OriginFixture origin = OriginFixture.start("one")) {
            List<String> names = new ArrayList<>();
            names.add(("a".repeat(62) + ".").repeat(3) + "a".repeat(60));
            for (int i = 0; i < 1_000; i++) {
                names.add("name-" + i + ".example.com");
            }
            nginx.apply(new TopologySnapshot(1, TopologyFixtures.host(names, backend("all", origin))));
            assertThat(ask(names.getFirst())).endsWith("one");
            assertThat(ask(names.getLast())).endsWith("one");
        }
    }

    @Test
    void aSuccessorTakesTheRunningOneOver() throws Exception {
        try (OriginFixture origin = OriginFixture.start("one")) {
            TopologySnapshot snapshot =
                    new TopologySnapshot(1, TopologyFixtures.host(List.of("a.example.com"), backend("a", origin)));
            LoadBalancer first = create(Optional.empty());
            first.apply(snapshot);
            LoadBalancer second = create(Optional.empty());
            first.handOver();
            open.remove(first);
            assertThat(second.apply(snapshot)).isInstanceOf(Unchanged.class);
            assertThat(ask("a.example.com")).endsWith("one");
        }
    }

    @Test
    void connectionsAndRequestsAreCounted() throws Exception {
        LoadBalancer nginx = create(Optional.empty());
        assertThat(nginx.stats()).isEmpty();
        nginx.apply(new TopologySnapshot(1, Topology.EMPTY));
        long before = requests(nginx);
        ask("nobody.example.com");
        assertThat(requests(nginx)).isGreaterThan(before);
        ProxyStats stats = nginx.stats().orElseThrow();
        assertThat(stats.process().workers()).hasValue(2);
    }

    @Test
    void aWebSocketPasses() throws Exception {
        LoadBalancer nginx = create(Optional.empty());
        try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread echo = Thread.ofVirtual().start(() -> echo(origin));
            nginx.apply(new TopologySnapshot(
                    1,
                    TopologyFixtures.host(
                            "ws.example.com", TopologyFixtures.server("ws", "127.0.0.1", origin.getLocalPort()))));
            try (Socket client =
                    new Socket(InetAddress.getLoopbackAddress(), host.settings().port())) {
                client.setSoTimeout(60_000);
                client.getOutputStream()
                        .write(("GET / HTTP/1.1\r\nHost: ws.example.com\r\nUpgrade: websocket\r\n"
                                        + "Connection: Upgrade\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(in.readLine()).contains(" 101 ");
                while (!in.readLine().isEmpty()) {
                    // Skips the rest of the response's head.
                }
                client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("hello");
            }
            echo.join();
        }
    }

    private static void echo(ServerSocket origin) {
        try (Socket socket = origin.accept();
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean asked = false;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                asked |= line.equalsIgnoreCase("Connection: upgrade");
            }
            String head = asked
                    ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                    : "HTTP/1.1 400 Bad Request\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write((in.readLine() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private LoadBalancer create(Optional<Path> template) throws Exception {
        LoadBalancer nginx = new NginxFactory()
                .create(
                        new NginxConfig(host.settings().port(), Optional.empty(), template, 2, null, 1_000, null),
                        host);
        open.add(nginx);
        return nginx;
    }

    private static Backend backend(String name, OriginFixture origin) {
        return new Backend(name, List.of(origin.server()), new HealthCheck.Tcp(), List.of());
    }

    private static long requests(LoadBalancer nginx) throws Exception {
        return nginx.stats().orElseThrow().process().totalRequests().orElseThrow();
    }

    /** The complete answer. */
    private String ask(String name) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.settings().port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.0\r\nHost: " + name + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
