package io.interlock.haproxy.supervise;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.topology.Backend;
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
import io.interlock.testsupport.network.SocketServer;
import io.interlock.testsupport.network.WebSocketServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that lasts while others need many reloads. */
@Timeout(1200)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
@Tag("slow")
class ReloadSeriesTest {

    private static final HostName SOCKET = HostName.of("socket.example.com");
    private static final HostName OTHER = HostName.of("www.example.com");
    private static final int RELOADS = 200;

    private final Path binary;

    @TempDir
    Path folder;

    private SocketServer echo;
    private OriginServer origin;
    private HaproxyFixture rig;
    private int changes;

    ReloadSeriesTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        echo = WebSocketServer.ofLines();
        origin = new OriginServer("one");
        rig = new HaproxyFixture(
                folder,
                PortAllocator.next(),
                HaproxyFixture.config(
                        Map.of("binary", binary.toString(), "threads", 1, "spare_backends", 0, "reload_interval", 0)),
                Optional.empty());
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        origin.close();
        echo.close();
    }

    @Test
    void aWebSocketOutlives200ReloadsOfOthersAndEndsSoonAfterwards() throws Exception {
        rig.apply(topology());
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            assertThat(client.upgrade(SOCKET.value())).contains(" 101 ");

            for (int i = 1; i <= RELOADS; i++) {
                reload();
                assertThat(client.exchange("after " + i)).isEqualTo("after " + i);
            }
            assertThat(rig.reloads()).isEqualTo(RELOADS);
            await("workers without connections")
                    .untilAsserted(() -> assertThat(rig.processes())
                            .as("the master, its worker, and that of the WebSocket")
                            .hasSizeLessThanOrEqualTo(3));

            for (int i = 0; i < 3; i++) {
                reload();
            }
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    private void reload() throws Exception {
        changes++;
        assertThat(rig.apply(topology()))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
        assertThat(rig.get(OTHER.value(), "/").status()).isEqualTo(200);
    }

    private TopologySnapshot topology() {
        Backend socket = backend(SOCKET, echo.port(), List.of());
        Backend other = backend(OTHER, origin.port(), changes % 2 == 0 ? List.of() : List.of("http-no-delay"));
        return new TopologySnapshot(
                1 + changes,
                new Topology(
                        List.of(
                                new VirtualHost(List.of(SOCKET), List.of(Route.toBackend(socket.name()))),
                                new VirtualHost(List.of(OTHER), List.of(Route.toBackend(other.name())))),
                        List.of(socket, other)));
    }

    private static Backend backend(HostName name, int port, List<String> options) {
        return new Backend(
                Backend.nameFor(name),
                List.of(LoopbackTopologies.server("one", port)),
                new HealthCheck.Tcp(),
                options,
                List.of());
    }
}
