package io.interlock.haproxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Balance.Algorithm;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that a hash leads to servers stay with them, on each available HAProxy. */
@Timeout(180)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class HashStabilityTest {

    private static final HostName NAME = HostName.of("www.example.com");
    private static final int KEYS = 10_000;

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<OriginServer> origins = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private HaproxyFixture rig;

    HashStabilityTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        rig = opened(fixture("one"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void onlyTheShareOfANewServerMovesAndAReloadMovesNothing() throws Exception {
        join(1, 1, 1, 1);
        apply(rig, Algorithm.URI, ApplyMethod.START);
        Map<String, String> four = choices(rig);
        assertShares(four, 4);

        join(1);
        apply(rig, Algorithm.URI, ApplyMethod.RUNTIME);
        Map<String, String> five = choices(rig);
        assertShares(five, 5);
        assertThat(moved(four, five)).isLessThan(KEYS * 12 / 50);

        reload(Algorithm.URI);
        assertThat(moved(five, choices(rig))).isZero();

        HaproxyFixture other = opened(fixture("two"));
        apply(other, Algorithm.URI, ApplyMethod.START);
        assertThat(moved(five, choices(other))).isZero();
    }

    @Test
    void serversOfASpareBackendGetEvenShares() throws Exception {
        rig.apply(new TopologySnapshot(1, Topology.EMPTY));
        join(1, 1, 1, 1);
        rig.apply(topology(Algorithm.RANDOM));

        assertShares(choices(rig), 4);
    }

    @Test
    void sharesFollowWeights() throws Exception {
        join(1, 2, 3);
        apply(rig, Algorithm.URI, ApplyMethod.START);
        Map<String, Long> counts = counts(choices(rig));

        assertThat(counts).hasSize(3);
        for (Server server : servers) {
            assertThat(counts.get(server.name()))
                    .isCloseTo((long) KEYS * server.weight() / 6, within((long) KEYS * server.weight() / 60));
        }
    }

    @Test
    void aServerThatDrainsGivesAwayOnlyItsOwnKeysAndGetsThemBack() throws Exception {
        join(1, 1, 1);
        apply(rig, Algorithm.URI, ApplyMethod.START);
        Map<String, String> before = choices(rig);
        Server drained = servers.get(1);

        servers.set(1, drained.in(ServerState.DRAINING));
        apply(rig, Algorithm.URI, ApplyMethod.RUNTIME);
        Map<String, String> meanwhile = choices(rig);
        before.forEach((key, server) -> {
            if (!server.equals(drained.name())) {
                assertThat(meanwhile).containsEntry(key, server);
            }
        });

        servers.set(1, drained);
        apply(rig, Algorithm.URI, ApplyMethod.RUNTIME);
        assertThat(moved(before, choices(rig))).isZero();
    }

    /** A hash leads a request to the server that has ended, again and again, until that is out of service. */
    @ParameterizedTest
    @EnumSource(names = {"URI", "SOURCE"})
    void aRequestWhoseServerHasJustEndedGoesToAnother(Algorithm algorithm) throws Exception {
        join(1, 1, 1, 1);
        apply(rig, algorithm, ApplyMethod.START);
        String chosen = rig.get(NAME.value(), "/").body().split(" ")[0];
        int survivor = (servers.stream().map(Server::name).toList().indexOf(chosen) + 1) % servers.size();
        for (int i = 0; i < origins.size(); i++) {
            if (i != survivor) {
                origins.get(i).close();
                opened.remove(origins.get(i));
            }
        }

        for (String path : List.of("/", "/a", "/b", "/c", "/d", "/e", "/f", "/g")) {
            assertThat(rig.get(NAME.value(), path).body()).startsWith("web-" + survivor + " ");
        }
    }

    private HaproxyFixture fixture(String name) throws Exception {
        return new HaproxyFixture(
                Files.createDirectories(folder.resolve(name)),
                PortAllocator.next(),
                HaproxyFixture.ofOneThread(binary),
                Optional.empty());
    }

    private void join(int... weights) throws IOException {
        for (int weight : weights) {
            int number = servers.size();
            OriginServer origin = opened(new OriginServer("web-" + number));
            origins.add(origin);
            servers.add(new Server(
                    "engine/container-" + number,
                    "web-" + number,
                    InetAddress.getLoopbackAddress(),
                    origin.port(),
                    ServerState.READY,
                    Duration.ofSeconds(5),
                    weight));
        }
    }

    private void apply(HaproxyFixture to, Algorithm algorithm, ApplyMethod method) throws Exception {
        assertThat(to.apply(topology(algorithm)))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(method));
    }

    /** Has another host need a reload. */
    private void reload(Algorithm algorithm) throws Exception {
        Topology topology = topology(algorithm).topology();
        List<Backend> backends = new ArrayList<>(topology.backends());
        backends.add(new Backend(
                "other",
                List.of(),
                new HealthCheck.Protocol(HealthCheck.Protocol.Kind.SMTP, Optional.empty()),
                List.of()));
        List<VirtualHost> hosts = new ArrayList<>(topology.virtualHosts());
        hosts.add(new VirtualHost(List.of(HostName.of("other.example.com")), List.of(Route.toBackend("other"))));
        assertThat(rig.apply(new TopologySnapshot(2, new Topology(hosts, backends))))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
    }

    private TopologySnapshot topology(Algorithm algorithm) {
        Backend backend = new Backend(
                Backend.nameFor(NAME),
                servers,
                new HealthCheck.Tcp(),
                List.of(),
                List.of(new BackendPolicy.Balance(algorithm)));
        return new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(List.of(NAME), List.of(Route.toBackend(backend.name())))),
                        List.of(backend)));
    }

    /** The server that answers for each key. */
    private static Map<String, String> choices(HaproxyFixture rig) throws IOException {
        Map<String, String> choices = new HashMap<>();
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            for (int i = 0; i < KEYS; i++) {
                HttpConnection.Response response = client.get(NAME.value(), "/" + i);
                assertThat(response.status()).isEqualTo(200);
                choices.put("/" + i, response.body().split(" ")[0]);
            }
        }
        return choices;
    }

    private static long moved(Map<String, String> before, Map<String, String> after) {
        return before.entrySet().stream()
                .filter(choice -> !choice.getValue().equals(after.get(choice.getKey())))
                .count();
    }

    private static void assertShares(Map<String, String> choices, int servers) {
        assertThat(counts(choices))
                .hasSize(servers)
                .allSatisfy(
                        (server, count) -> assertThat(count).isCloseTo(KEYS / servers, within(KEYS / servers / 10L)));
    }

    private static Map<String, Long> counts(Map<String, String> choices) {
        return choices.values().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
