package io.interlock.haproxy.peers;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances as one: each has an HAProxy of its own, and a client reaches any of them. */
@Timeout(180)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class InstanceSharingTest {

    private static final HostName LIMITED = HostName.of("www.example.com");
    private static final HostName FREE = HostName.of("free.example.com");
    private static final List<String> ALL = List.of("127.0.0.11", "127.0.0.12", "127.0.0.13");
    private static final int LIMIT = 60;
    private static final Pattern FLAGS = Pattern.compile("id=interlock disabled=0 flags=(0x[0-9a-f]+)");
    /** Flags "resynchronisation from the replaced worker finished" and "from another peer finished". */
    private static final int LEARNED = 3;

    private static final Pattern COUNT = Pattern.compile("http_req_rate\\(\\d+\\)=(\\d+)");

    private final Path binary;
    private final int port = PortAllocator.next();

    @TempDir
    Path folder;

    private OriginServer one;
    private OriginServer two;
    private final List<HaproxyFixture> rigs = new ArrayList<>();

    InstanceSharingTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        one = new OriginServer("one");
        two = new OriginServer("two");
    }

    @AfterEach
    void close() {
        rigs.forEach(HaproxyFixture::close);
        one.close();
        two.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aClientHasOneLimitAtAllInstancesAlsoAfterOneWasKilledUnderLoad(int number) throws Exception {
        startTogether(number);
        HaproxyFixture first = rigs.getFirst();
        HaproxyFixture last = rigs.getLast();
        for (int i = 0; i < LIMIT / 2; i++) {
            assertThat(get(rigs.get(i % number), LIMITED).status()).isEqualTo(200);
            int counted = i + 1;
            assertThat(rigs)
                    .allSatisfy(rig -> await("what another has counted")
                            .untilAsserted(() -> assertThat(counted(rig)).isEqualTo(counted)));
        }

        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                assertThat(getAnywhere(FREE).status()).isEqualTo(200);
                served.incrementAndGet();
            }
        });
        await("load").until(() -> served.get() > 100);
        first.processes().forEach(ProcessHandle::destroyForcibly);
        int before = served.get();
        await("load at the others").until(() -> load.isDone() || served.get() > before + 100);
        ended.set(true);
        load.get();
        rigs.remove(first);
        first.close();
        rigs.forEach(rig -> await("the end of the connection").until(() -> connectedPeers(rig) == number - 2));

        int more = 0;
        while (get(last, LIMITED).status() == 200) {
            more++;
        }
        assertThat(more).isEqualTo(LIMIT / 2);
        assertThat(rigs)
                .allSatisfy(rig -> await("the limit")
                        .untilAsserted(() -> assertThat(counted(rig)).isGreaterThan(LIMIT)))
                .allSatisfy(rig -> assertThat(get(rig, LIMITED).status()).isEqualTo(429));
    }

    @Test
    void aSessionStaysWithItsContainerAtEveryInstance() throws Exception {
        start(3);
        String cookie = get(rigs.getFirst(), LIMITED).header("set-cookie").split(";")[0];
        String container = body(rigs.getFirst(), "Cookie: " + cookie);

        assertThat(rigs)
                .allSatisfy(rig -> assertThat(body(rig, "Cookie: " + cookie)).isEqualTo(container));
    }

    @Test
    void whatAllHaveCountedSurvivesAReloadOfOneAndIsToldToOneThatStarts() throws Exception {
        startTogether(2);
        HaproxyFixture first = rigs.getFirst();
        for (int i = 0; i <= LIMIT; i++) {
            get(first, LIMITED);
        }
        HaproxyFixture late = instance("127.0.0.13");
        assertThat(late.apply(topology("http-no-delay"))).isInstanceOf(Applied.class);

        await("what the others have counted")
                .untilAsserted(() -> assertThat(counted(late)).isGreaterThan(LIMIT));
        assertThat(get(late, LIMITED).status()).isEqualTo(429);
        assertThat(first.apply(topology("log-health-checks")))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
        await("what the replaced worker has counted")
                .untilAsserted(() -> assertThat(counted(first)).isGreaterThan(LIMIT));
        assertThat(get(first, LIMITED).status()).isEqualTo(429);
    }

    @Test
    void theNextControllerFindsTheInstancesAsTheyWere() throws Exception {
        start(2);
        HaproxyFixture first = rigs.getFirst();
        first.loseController();

        assertThat(first.apply(topology())).isInstanceOf(Unchanged.class);
        assertThat(first.reloads()).isZero();
    }

    @Test
    void aPortOfSomebodyElseLeavesTheInstanceAloneUntilItIsFree() throws Exception {
        HaproxyFixture rig = instance("127.0.0.11");
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.11"))) {
            ApplyResult alone = rig.apply(topology());
            assertThat(((Applied) alone).how()).isEqualTo(ApplyMethod.START);
            assertThat(((Applied) alone).omissions())
                    .extracting(Omission::field, Omission::value)
                    .containsExactly(tuple("instances", String.join(", ", ALL)));
            assertThat(((Applied) alone).omissions().getFirst().reason())
                    .contains("instances_port", Integer.toString(taken.getLocalPort()), "counts for itself");
            assertThat(get(rig, LIMITED).status()).isEqualTo(200);
        }

        assertThat(rig.apply(topology())).isInstanceOfSatisfying(Applied.class, shared -> {
            assertThat(shared.how()).isEqualTo(ApplyMethod.RELOAD);
            assertThat(shared.omissions()).isEmpty();
        });
    }

    private void start(int number) throws Exception {
        for (int i = 1; i <= number; i++) {
            assertThat(instance("127.0.0.1" + i).apply(topology())).isInstanceOf(Applied.class);
        }
    }

    private void startTogether(int number) throws Exception {
        start(number);
        rigs.forEach(
                rig -> await("the other instances").until(() -> connectedPeers(rig) == number - 1 && hasLearned(rig)));
    }

    private HaproxyFixture instance(String own) throws Exception {
        HaproxyFixture rig = new HaproxyFixture(
                folder.resolve(own),
                PortAllocator.next(),
                HaproxyFixture.config(Map.of(
                        "binary",
                        binary.toString(),
                        "threads",
                        1,
                        "instances",
                        ALL,
                        "instance",
                        own,
                        "instances_port",
                        port)),
                Optional.empty());
        rigs.add(rig);
        return rig;
    }

    private static HttpConnection.Response get(HaproxyFixture rig, HostName host, String... headers)
            throws IOException {
        return rig.get(host.value(), "/", headers);
    }

    /** A request to an address that leads to any instance that takes connections. */
    private HttpConnection.Response getAnywhere(HostName host) {
        for (HaproxyFixture rig : List.copyOf(rigs)) {
            try {
                return get(rig, host);
            } catch (IOException e) {
                // The next instance has the address.
            }
        }
        throw new AssertionError("no instance answers");
    }

    private static String body(HaproxyFixture rig, String header) throws IOException {
        return get(rig, LIMITED, header).body().split(" ")[0];
    }

    private static long connectedPeers(HaproxyFixture rig) throws IOException {
        return peers(rig)
                .lines()
                .filter(line -> line.contains("(remote,active") && line.contains("last_status=ESTA"))
                .count();
    }

    /** After its start an HAProxy learns from one of the others, which may replace what it has counted itself. */
    private static boolean hasLearned(HaproxyFixture rig) throws IOException {
        Matcher flags = FLAGS.matcher(peers(rig));
        return flags.find() && (Integer.decode(flags.group(1)) & LEARNED) == LEARNED;
    }

    private static String peers(HaproxyFixture rig) throws IOException {
        return RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show peers");
    }

    private static int counted(HaproxyFixture rig) throws IOException {
        Matcher count = COUNT.matcher(
                RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show table interlock.rates-3600s"));
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private TopologySnapshot topology(String... options) {
        List<BackendPolicy> policies =
                List.of(new BackendPolicy.RateLimit(LIMIT, Duration.ofHours(1)), new BackendPolicy.Sticky("SRV"));
        Backend limited = backend(LIMITED, List.of(), policies);
        Backend free = backend(FREE, List.of(options), List.of());
        return new TopologySnapshot(
                1,
                new Topology(
                        List.of(
                                new VirtualHost(List.of(FREE), List.of(Route.toBackend(free.name()))),
                                new VirtualHost(List.of(LIMITED), List.of(Route.toBackend(limited.name())))),
                        List.of(free, limited)));
    }

    private Backend backend(HostName name, List<String> options, List<BackendPolicy> policies) {
        return new Backend(
                Backend.nameFor(name),
                List.of(LoopbackTopologies.server("one", one.port()), LoopbackTopologies.server("two", two.port())),
                new HealthCheck.Tcp(),
                options,
                policies);
    }
}
