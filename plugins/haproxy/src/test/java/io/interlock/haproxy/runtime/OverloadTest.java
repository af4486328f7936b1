package io.interlock.haproxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Retries.Cause;
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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are alive and cannot keep up, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class OverloadTest {

    private static final HostName NAME = HostName.of("www.example.com");
    private static final int BACKLOG = 5;
    private static final int BURST = 60;
    private static final byte[] ANSWER = "HTTP/1.0 200 OK\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final Path binary;

    @TempDir
    Path folder;

    private HaproxyFixture rig;

    OverloadTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        rig = new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @SuppressWarnings("try") // The server ends when its socket is closed.
    void aBurstThatFillsTheBacklogIsServedAndTheServerStaysUp() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            Future<Boolean> serving = threads.submit(() -> answerOneByOne(server));
            apply(List.of(), server.getLocalPort());

            List<Future<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                requests.add(threads.submit(() -> rig.get(NAME.value(), "/").status()));
            }

            for (Future<Integer> request : requests) {
                assertThat(request.get(1, TimeUnit.MINUTES)).isEqualTo(200);
            }
            assertThat(RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show stat")
                            .lines()
                            .filter(line -> line.contains(",127.0.0.1:" + server.getLocalPort() + ",")))
                    .allMatch(line -> line.contains(",UP,"));
            server.close();
            assertThat(serving.get(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void aRequestIsNotRepeatedAgainAndAgainBecauseOfItsStatus() throws Exception {
        try (OriginServer server = OriginServer.answering(exchange -> OriginServer.respond(exchange, 503, "busy"))) {
            apply(List.of(new BackendPolicy.Retries(Optional.empty(), List.of(Cause.STATUS_503))), server.port());
            assertThat(rig.get(NAME.value(), "/").status()).isEqualTo(503);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aContainerMaySayHowOftenARequestIsRepeated() throws Exception {
        try (OriginServer server = OriginServer.answering(exchange -> OriginServer.respond(exchange, 503, "busy"))) {
            apply(List.of(new BackendPolicy.Retries(Optional.of(4), List.of(Cause.STATUS_503))), server.port());
            assertThat(rig.get(NAME.value(), "/").status()).isEqualTo(503);
            assertThat(server.requests()).hasSize(5);
        }
    }

    /** Takes as long for each request as a process with one thread would. */
    private static boolean answerOneByOne(ServerSocket server) throws InterruptedException {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.setSoTimeout((int) Duration.ofSeconds(2).toMillis());
                if (client.getInputStream().read(new byte[4096]) > 0) {
                    TimeUnit.MILLISECONDS.sleep(50);
                    client.getOutputStream().write(ANSWER);
                }
            } catch (IOException e) {
                // The client is a check that has seen enough, or the test has ended.
            }
        }
        return true;
    }

    private void apply(List<BackendPolicy> policies, int port) throws Exception {
        Backend backend = new Backend(
                Backend.nameFor(NAME),
                List.of(LoopbackTopologies.server("web", port)),
                new HealthCheck.Tcp(),
                List.of(),
                policies);
        rig.apply(new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(List.of(NAME), List.of(Route.toBackend(backend.name())))),
                        List.of(backend))));
    }
}
