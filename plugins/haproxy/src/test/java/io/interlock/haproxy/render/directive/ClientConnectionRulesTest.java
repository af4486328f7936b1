package io.interlock.haproxy.render.directive;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AddressRange;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Many half requests of one client, on each available HAProxy. The fixture allows 1,000 connections. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ClientConnectionRulesTest {

    private static final int ALL = 1_000;
    private static final int CURRENT_SESSIONS = 4;
    private static final String HEALTH_REQUEST = "GET /haproxy?monitor HTTP/1.0\r\n\r\n";

    @TempDir
    Path folder;

    private final Path binary;
    private final List<Socket> sockets = new ArrayList<>();

    ClientConnectionRulesTest(Path binary) {
        this.binary = binary;
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void halfRequestsOfOneClientLeaveConnectionsForTheOthers() throws Exception {
        try (OriginServer origin = new OriginServer("web");
                HaproxyFixture rig = open(origin)) {
            for (int i = 0; i < ALL + 60; i++) {
                sendHalfRequest("127.0.0.9", rig.port);
            }

            assertThat(HttpConnection.get(rig.port, "www.example.com", "/").status())
                    .isEqualTo(200);
            assertThat(HttpConnection.get(rig.port, "www.example.com", "/haproxy?monitor")
                            .status())
                    .isEqualTo(200);
            await().until(() -> stillOpen() == ALL / 2);
        }
    }

    @Test
    void theHealthSocketAnswersWhenAllConnectionsAreTaken() throws Exception {
        try (OriginServer origin = new OriginServer("web");
                HaproxyFixture rig = open(origin)) {
            for (int i = 0; i < ALL; i++) {
                sendHalfRequest("127.0.0." + (1 + i % 3), rig.port);
            }

            try (SocketChannel health = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                health.connect(UnixDomainSocketAddress.of(rig.data().resolve("health.sock")));
                health.write(StandardCharsets.US_ASCII.encode(HEALTH_REQUEST));
                ByteBuffer answer = ByteBuffer.allocate(12);
                while (answer.hasRemaining() && health.read(answer) >= 0) {
                    assertThat(answer.position()).isPositive();
                }
                assertThat(new String(answer.array(), StandardCharsets.US_ASCII))
                        .endsWith(" 200");
            }
        }
    }

    /** What the operator says counts, and proxies whose clients are told apart later have no limit. */
    @Test
    void theLimitIsTheOperatorsAndNotForTrustedProxies() throws Exception {
        try (OriginServer origin = new OriginServer("web");
                HaproxyFixture rig = new HaproxyFixture(
                        folder.resolve("rig"),
                        HaproxyFixture.withConnectionsPerClient(binary, 5),
                        ClientConnectionRulesTest::trustingTheTenth)) {
            rig.apply(LoopbackTopologies.oneHost("www.example.com", origin.port()));
            for (int i = 0; i < 20; i++) {
                sendHalfRequest("127.0.0.9", rig.port);
            }
            await().until(() -> stillOpen() == 5);

            for (int i = 0; i < 20; i++) {
                sendHalfRequest("127.0.0.10", rig.port);
            }
            try (HttpConnection trusted = HttpConnection.connect(new InetSocketAddress("127.0.0.10", rig.port))) {
                assertThat(trusted.get("www.example.com", "/").status()).isEqualTo(200);
            }
            assertThat(stillOpen()).isEqualTo(25);
        }
    }

    @Test
    void sixteenConnectionsOfTheHealthSocketAreServedAndOthersWait() throws Exception {
        try (OriginServer origin = new OriginServer("web");
                HaproxyFixture rig = open(origin)) {
            List<SocketChannel> taken = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                taken.add(connectToHealth(rig));
            }
            await().until(() -> currentHealthConnections(rig) == 16);
            try (SocketChannel waiting = connectToHealth(rig)) {
                waiting.write(StandardCharsets.US_ASCII.encode(HEALTH_REQUEST));
                assertThat(currentHealthConnections(rig)).isLessThanOrEqualTo(16);
                taken.removeFirst().close();
                ByteBuffer answer = ByteBuffer.allocate(12);
                while (answer.hasRemaining() && waiting.read(answer) >= 0) {
                    assertThat(answer.position()).isPositive();
                }
                assertThat(new String(answer.array(), StandardCharsets.US_ASCII))
                        .endsWith(" 200");
            }
            for (SocketChannel each : taken) {
                each.close();
            }
        }
    }

    private static int currentHealthConnections(HaproxyFixture rig) throws IOException {
        return RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show stat")
                .lines()
                .filter(line -> line.startsWith(GlobalConfig.HEALTH_LISTENER + ",FRONTEND,"))
                .mapToInt(line -> Integer.parseInt(line.split(",", -1)[CURRENT_SESSIONS]))
                .sum();
    }

    private static SocketChannel connectToHealth(HaproxyFixture rig) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(rig.data().resolve("health.sock")));
        return channel;
    }

    private static ProxySettings trustingTheTenth(ProxySettings usual) {
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
                new ListenerSettings(
                        List.of(AddressRange.of("127.0.0.10/32")), false, LogFormat.TEXT, Optional.empty()));
    }

    private HaproxyFixture open(OriginServer origin) throws Exception {
        HaproxyFixture rig = new HaproxyFixture(
                folder.resolve("rig"), PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty());
        rig.apply(LoopbackTopologies.oneHost("www.example.com", origin.port()));
        return rig;
    }

    private void sendHalfRequest(String from, int port) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // HAProxy has closed it.
            socket.close();
        }
    }

    private long stillOpen() {
        return sockets.stream().filter(ClientConnectionRulesTest::isOpen).count();
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return !socket.isClosed() && socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
