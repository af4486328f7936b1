package io.interlock.haproxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Path;
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

/** Clients that a cookie ties to a server, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class StickySessionTest {

    private static final HostName NAME = HostName.of("www.example.com");

    private final Path binary;

    @TempDir
    Path folder;

    private OriginServer one;
    private OriginServer two;
    private HaproxyFixture rig;

    StickySessionTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        one = new OriginServer("one");
        two = new OriginServer("two");
        rig = new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty());
    }

    @AfterEach
    void close() {
        rig.close();
        one.close();
        two.close();
    }

    @Test
    void aClientLeavesAServerThatDrainsAndMayComeBackAfterwards() throws Exception {
        assertMethod(ApplyMethod.START, ServerState.READY);
        String cookie = cookieOf("one");
        assertThat(answers(cookie)).containsOnly("one");

        assertMethod(ApplyMethod.RUNTIME, ServerState.DRAINING);
        assertThat(answers(cookie)).containsOnly("two");
        assertThat(apply(ServerState.DRAINING)).isInstanceOf(Unchanged.class);

        rig.loseController();
        apply(ServerState.DRAINING);
        assertThat(answers(cookie)).containsOnly("two");
        assertThat(rig.reloads()).isZero();

        assertMethod(ApplyMethod.RUNTIME, ServerState.READY);
        assertThat(answers(cookie)).containsOnly("one");
    }

    @Test
    void aRequestInFlightIsFinishedByTheServerThatDrains() throws Exception {
        apply(ServerState.READY);
        String cookie = cookieOf("one");
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            client.send(NAME.value(), "/slow", "Cookie: " + cookie);
            one.awaitSlowRequest();

            assertMethod(ApplyMethod.RUNTIME, ServerState.DRAINING);

            one.letSlowRequestsFinish();
            HttpConnection.Response response = client.read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).startsWith("one ");
        }
    }

    @Test
    void aServerThatDrainsInTheConfigurationHasNoClientsAndComesBack() throws Exception {
        assertMethod(ApplyMethod.START, ServerState.DRAINING);
        assertThat(answers("")).containsOnly("two");
        rig.loseController();
        apply(ServerState.DRAINING);
        assertThat(answers("")).containsOnly("two");

        assertMethod(ApplyMethod.RUNTIME, ServerState.READY);
        String cookie = cookieOf("one");
        assertThat(answers(cookie)).containsOnly("one");
    }

    /** A cookie that ties its client to the server. */
    private String cookieOf(String server) throws IOException {
        for (int i = 0; i < 10; i++) {
            HttpConnection.Response response = rig.get(NAME.value(), "/");
            if (response.body().startsWith(server + " ")) {
                return response.header("set-cookie").split(";")[0];
            }
        }
        throw new AssertionError("no request of ten reached " + server);
    }

    private List<String> answers(String cookie) throws IOException {
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            String first = client.get(NAME.value(), "/", "Cookie: " + cookie).body();
            String second = client.get(NAME.value(), "/", "Cookie: " + cookie).body();
            return List.of(first.split(" ")[0], second.split(" ")[0]);
        }
    }

    private void assertMethod(ApplyMethod method, ServerState state) throws Exception {
        assertThat(apply(state))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(method));
    }

    private Object apply(ServerState state) throws Exception {
        Server first = LoopbackTopologies.server("one", one.port()).in(state);
        Server second = LoopbackTopologies.server("two", two.port());
        Backend backend = new Backend(
                Backend.nameFor(NAME),
                List.of(first, second),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(new BackendPolicy.Sticky("SRV")));
        return rig.apply(new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(List.of(NAME), List.of(Route.toBackend(backend.name())))),
                        List.of(backend))));
    }
}
