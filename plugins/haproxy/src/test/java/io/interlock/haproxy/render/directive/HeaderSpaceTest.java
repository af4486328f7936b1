package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HeaderChange;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that containers add to large responses, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class HeaderSpaceTest {

    private static final int REQUESTS = 60;
    private static final byte[] BODY = new byte[1 << 20];

    @TempDir
    Path folder;

    private final Path binary;

    HeaderSpaceTest(Path binary) {
        this.binary = binary;
    }

    @Test
    void everyResponseHasRoomForTheHeadersThatAContainerAsksFor() throws Exception {
        try (OriginServer origin = OriginServer.answering(HeaderSpaceTest::respond);
                HaproxyFixture rig = new HaproxyFixture(
                        folder.resolve("rig"),
                        PortAllocator.next(),
                        HaproxyFixture.withBinary(binary),
                        Optional.empty())) {
            int revision = 0;
            for (int length : List.of(140, 800)) {
                rig.apply(new TopologySnapshot(++revision, topology(origin.port(), length)));
                for (int i = 0; i < REQUESTS; i++) {
                    HttpConnection.Response response = rig.get("www.example.com", "/");
                    assertThat(response.status())
                            .as("with headers of %d, try %d", length, i)
                            .isEqualTo(200);
                    assertThat(response.header("x-added-9")).isEqualTo("v".repeat(length));
                }
            }
        }
    }

    private static void respond(HttpExchange exchange) throws IOException {
        for (int i = 0; i < 20; i++) {
            exchange.getResponseHeaders().add("X-Own-" + i, "w".repeat(200));
        }
        exchange.sendResponseHeaders(200, BODY.length);
        exchange.getResponseBody().write(BODY);
        exchange.close();
    }

    private static Topology topology(int port, int length) {
        List<HeaderChange> changes = IntStream.range(0, 10)
                .mapToObj(i -> HeaderChange.set("X-Added-" + i, "v".repeat(length)))
                .toList();
        return new Topology(
                List.of(new VirtualHost(List.of(new HostName("www.example.com")), List.of(Route.toBackend("web")))),
                List.of(new Backend(
                        "web",
                        List.of(LoopbackTopologies.server("web", port)),
                        new HealthCheck.Tcp(),
                        List.of(),
                        List.of(new BackendPolicy.ResponseHeaders(changes)))));
    }
}
