package io.interlock.haproxy.runtime;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
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
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
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

/** Counters of clients, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class RateLimitTest {

    private static final BackendPolicy LIMIT = new BackendPolicy.RateLimit(5, Duration.ofMinutes(10));

    private final Path binary;

    @TempDir
    Path folder;

    private OriginServer origin;
    private HaproxyFixture rig;

    RateLimitTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        origin = new OriginServer("one");
        rig = new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty());
    }

    @AfterEach
    void close() {
        rig.close();
        origin.close();
    }

    @Test
    void aLimitHoldsAcrossReloads() throws Exception {
        apply(ApplyMethod.START, "one.example");
        for (int i = 0; i < 6; i++) {
            request("one.example");
        }
        assertThat(request("one.example")).isEqualTo(429);

        for (int i = 0; i < 3; i++) {
            reload("one.example");
            assertThat(request("one.example")).isEqualTo(429);
        }
    }

    @Test
    void aLimitHoldsWhenABackendGetsItsOwnNameByAReload() throws Exception {
        apply(ApplyMethod.START, "one.example");
        apply(ApplyMethod.RUNTIME, "one.example", "two.example");
        for (int i = 0; i < 6; i++) {
            request("two.example");
        }
        assertThat(request("two.example")).isEqualTo(429);
        assertThat(request("one.example")).as("another backend").isEqualTo(200);

        reload("one.example", "two.example");
        assertThat(request("two.example")).isEqualTo(429);
        assertThat(request("one.example")).as("another backend").isEqualTo(200);
    }

    /** The counters of a client for each host. Asks HAProxy instead of sending requests, which count. */
    private List<String> counters() throws IOException {
        return RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show table interlock.rates-600s")
                .lines()
                .filter(line -> line.contains("key=127.0.0.1"))
                .map(line -> line.replaceFirst(".*key=", "").replaceFirst(" use=.* http_req_rate", " http_req_rate"))
                .sorted()
                .toList();
    }

    private int request(String host) throws IOException {
        return rig.get(host, "/").status();
    }

    private void apply(ApplyMethod method, String... hosts) throws Exception {
        assertThat(rig.apply(topology(List.of(), hosts)))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(method));
    }

    /** Applies topologies with another host, whose options are new to HAProxy. */
    private void reload(String... hosts) throws Exception {
        for (String option : List.of("http-no-delay", "log-health-checks")) {
            List<String> before = counters();
            assertThat(before).isNotEmpty();
            assertThat(rig.apply(topology(List.of(option), hosts)))
                    .isInstanceOfSatisfying(
                            Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
            // A worker hands over only what it has: await its counters before the next one replaces it.
            await("the counters of the replaced worker")
                    .untilAsserted(() -> assertThat(counters()).isEqualTo(before));
        }
    }

    private TopologySnapshot topology(List<String> options, String... hosts) {
        List<VirtualHost> names = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        for (String host : hosts) {
            add(HostName.of(host), List.of(), List.of(LIMIT), names, backends);
        }
        if (!options.isEmpty()) {
            add(HostName.of("zzz.example"), options, List.of(), names, backends);
        }
        return new TopologySnapshot(1, new Topology(names, backends));
    }

    private void add(
            HostName name,
            List<String> options,
            List<BackendPolicy> policies,
            List<VirtualHost> names,
            List<Backend> backends) {
        String backend = Backend.nameFor(name);
        names.add(new VirtualHost(List.of(name), List.of(Route.toBackend(backend))));
        backends.add(new Backend(
                backend,
                List.of(LoopbackTopologies.server("web", origin.port())),
                new HealthCheck.Tcp(),
                options,
                policies));
    }
}
