package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AuthServerAddress;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy.ForwardAuthentication;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.files.ForwardAuthScript;
import io.interlock.haproxy.files.TemplateLoader;
import io.interlock.haproxy.fixture.AuthDecisionServer;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.RequestHeadServer;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.render.ConfigRenderer;
import io.interlock.haproxy.render.DesiredConfigFactory;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.testkit.TestTimeout;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of servers that decide about requests, with a name server of the test. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ForwardAuthResolutionTest {

    private static final int HEADER = 12;

    @TempDir
    Path folder;

    private final Path binary;
    private final int port = PortAllocator.next();
    private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    ForwardAuthResolutionTest(Path binary) {
        this.binary = binary;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void aNameMayLeadToThisMachineOnlyIfTheOperatorChoseIt() throws Exception {
        AuthDecisionServer auth = opened(new AuthDecisionServer());
        RequestHeadServer origin = opened(new RequestHeadServer("origin"));
        addresses.put("operator.example", IpLiteral.of("127.0.0.1"));
        addresses.put("loopback.example", IpLiteral.of("127.0.0.1"));
        addresses.put("unspecified.example", IpLiteral.of("0.0.0.0"));
        addresses.put("own.example", IpLiteral.of("127.1.2.3"));
        start(auth.port(), origin.port());

        TestTimeout.await().untilAsserted(() -> assertThat(status("operator")).isEqualTo(200));
        int asked = auth.questions().size();
        for (String host : List.of("loopback", "unspecified", "own", "unknown")) {
            origin.clear();
            assertThat(status(host)).as(host).isIn(502, 504);
            assertThat(origin.headers()).isEmpty();
        }
        assertThat(auth.questions()).hasSize(asked);
    }

    private int status(String host) throws IOException {
        return HttpConnection.get(port, host + ".example.com", "/", "Cookie: session=good")
                .status();
    }

    private void start(int authPort, int originPort) throws Exception {
        AuthServers servers = new AuthServers(
                Map.of("named", AuthServerAddress.of("http://operator.example:" + authPort + "/")),
                Duration.ofSeconds(2),
                Optional.of(List.of(IpLiteral.of("127.1.2.3"))),
                ForwardAuthScript.text());
        ProxySettings proxy = new ProxySettings(
                port,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                100,
                Optional.empty(),
                folder.resolve("proxy.conf"),
                folder.resolve("proxy.pid"),
                Optional.empty(),
                Optional.empty(),
                ListenerSettings.DEFAULT);
        RenderSettings settings = new RenderSettings(
                proxy,
                new HaproxyVersion(2, 6),
                new HaproxyPaths(folder),
                List.of("127.0.0.1:" + port),
                1,
                Duration.ofMillis(250),
                0,
                Duration.ZERO,
                Duration.ofMinutes(1),
                Optional.empty(),
                ErrorPages.NONE,
                List.of(),
                RenderSettings.usualConnectionsPerClient(proxy),
                HeaderSpace.USUAL_HEAD,
                RenderSettings.USUAL_CLIENT_PREFIX,
                servers);
        List<VirtualHost> hosts = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        Map.of(
                        "operator", "named",
                        "loopback", "http://loopback.example:" + authPort + "/",
                        "unspecified", "http://unspecified.example:" + authPort + "/",
                        "own", "http://own.example:" + authPort + "/",
                        "unknown", "http://unknown.example:" + authPort + "/")
                .forEach((name, server) -> {
                    hosts.add(new VirtualHost(
                            List.of(new HostName(name + ".example.com")), List.of(Route.toBackend(name))));
                    backends.add(new Backend(
                            name,
                            List.of(LoopbackTopologies.server("web", originPort)),
                            new HealthCheck.Tcp(),
                            List.of(),
                            List.of(new ForwardAuthentication(server, List.of(), List.of(), false))));
                });
        var template = new TemplateLoader(Optional.empty()).current();
        RenderedConfig rendered = new ConfigRenderer(settings)
                .render(new DesiredConfigFactory(settings).of(new Topology(hosts, backends), template), template);
        for (Map.Entry<Path, String> map : rendered.maps().entrySet()) {
            Files.writeString(map.getKey(), map.getValue());
        }
        Files.writeString(new HaproxyPaths(folder).serverStates(), "1\n");
        String config = rendered.config();
        assertThat(config).contains("parse-resolv-conf");
        Path file = folder.resolve("proxy.conf");
        Files.writeString(file, config.replace("parse-resolv-conf", "nameserver test 127.0.0.1:" + nameServer()));
        Process haproxy = new ProcessBuilder(binary.toString(), "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        opened(() -> {
            haproxy.destroy();
            haproxy.waitFor();
        });
        TestTimeout.await().ignoreExceptions().until(() -> status("nobody") == 503);
    }

    private int nameServer() throws IOException {
        DatagramSocket socket = opened(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(1024);
                    socket.receive(packet);
                    byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException e) {
                    // The socket was closed: the loop ends.
                }
            }
        });
        return socket.getLocalPort();
    }

    /** RFC 1035: the question, and an address if the name has one. */
    private byte[] answer(ByteBuffer question) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        for (int length = question.get(at); length > 0; length = question.get(at)) {
            for (int i = 1; i <= length; i++) {
                name.append((char) question.get(at + i));
            }
            name.append('.');
            at += length + 1;
        }
        int end = at + 5;
        boolean ipv4 = question.getShort(at + 1) == 1;
        Optional<InetAddress> address = Optional.ofNullable(addresses.get(name.substring(0, name.length() - 1)));
        ByteBuffer answer = ByteBuffer.allocate(end + 16);
        answer.putShort(question.getShort(0));
        answer.putShort((short) (address.isPresent() ? 0x8180 : 0x8183));
        answer.putShort((short) 1)
                .putShort((short) (ipv4 && address.isPresent() ? 1 : 0))
                .putInt(0);
        answer.put(question.slice(HEADER, end - HEADER));
        if (ipv4 && address.isPresent()) {
            answer.putShort((short) 0xc00c)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(60)
                    .putShort((short) 4);
            answer.put(address.get().getAddress());
        }
        byte[] bytes = new byte[answer.position()];
        answer.flip().get(bytes);
        return bytes;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
