package io.interlock.haproxy.render.map;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TcpListener.TcpRoute;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.fixture.ProtocolEchoServer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.SocketServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

/** Connections that HAProxy forwards unchanged, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class TcpMapEntriesTest {

    @TempDir
    Path folder;

    private final Path binary;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int listen;
    private long revision;
    private HaproxyFixture rig;

    TcpMapEntriesTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void start() throws Exception {
        listen = PortAllocator.next();
        rig = opened(new HaproxyFixture(
                folder.resolve("rig"), PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty()));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    /** A server that speaks first, then returns each line; its greeting contains the client's address as it sees it. */
    private static SocketServer greeter(String name) throws IOException {
        return new SocketServer(connection -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            write(connection, "hello from " + name);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                write(connection, name + ": " + line);
            }
        });
    }

    private static void write(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Connection to a port, line by line. */
    private static final class Line implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Line(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(60_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        String read() throws IOException {
            return String.valueOf(in.readLine());
        }

        String ask(String text) throws IOException {
            socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
            return read();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void connectionsArePassedOnBesideRequestsAndServersComeWithoutAReload() throws Exception {
        SocketServer one = opened(greeter("one"));
        SocketServer two = opened(greeter("two"));
        OriginServer web = opened(new OriginServer("web"));
        Backend site = backend("site", List.of(), web.port());
        apply(List.of(), site);

        assertThat(how(apply(List.of(all("db")), site, backend("db", List.of(), one.port()))))
                .isEqualTo(ApplyMethod.RELOAD);
        try (Line line = opened(new Line(listen))) {
            assertThat(line.read()).isEqualTo("hello from one");

            assertThat(how(apply(List.of(all("db")), site, backend("db", List.of(), one.port(), two.port()))))
                    .isEqualTo(ApplyMethod.RUNTIME);

            await().until(() -> greeting().equals("hello from two"));
            assertThat(line.ask("still here?")).isEqualTo("one: still here?");
        }
        assertThat(rig.get("www.example.com", "/").body()).startsWith("web");
        assertThat(how(apply(List.of(all("db")), site, backend("db", List.of(), two.port()))))
                .isEqualTo(ApplyMethod.RUNTIME);
        await().until(() -> greeting().equals("hello from two"));
    }

    @Test
    void aControllerThatTakesOverKnowsThePorts() throws Exception {
        SocketServer one = opened(greeter("one"));
        Backend db = backend("db", List.of(), one.port());
        apply(List.of(all("db")), db);
        int before = rig.reloads();
        rig.loseController();

        apply(List.of(all("db")), db);

        assertThat(rig.reloads()).isEqualTo(before);
        assertThat(greeting()).isEqualTo("hello from one");
    }

    @Test
    void clientsThatAreNotAllowedAreTurnedAway() throws Exception {
        SocketServer one = opened(greeter("one"));
        BackendPolicy deny = new BackendPolicy.DeniedClients(List.of(AddressRange.of("127.0.0.0/8")));
        apply(List.of(all("db")), backend("db", List.of(deny), one.port()));
        assertThat(greeting()).isEqualTo("null");

        BackendPolicy allow = new BackendPolicy.AllowedClients(List.of(AddressRange.of("10.0.0.0/8")));
        apply(List.of(all("db")), backend("db", List.of(allow), one.port()));
        assertThat(greeting()).isEqualTo("null");

        apply(List.of(all("db")), backend("db", List.of(), one.port()));
        assertThat(greeting()).isEqualTo("hello from one");
    }

    @Test
    void tlsIsPassedOnByTheNameThatIsAskedFor() throws Exception {
        OpensslCertificates pems = new OpensslCertificates(folder.resolve("pems"));
        ProtocolEchoServer exact = opened(new ProtocolEchoServer(binary, folder, pems));
        ProtocolEchoServer wild = opened(new ProtocolEchoServer(binary, folder, pems));
        ProtocolEchoServer rest = opened(new ProtocolEchoServer(binary, folder, pems));
        apply(
                List.of(
                        new TcpRoute(Optional.of(new HostName("a.example.com")), "exact"),
                        new TcpRoute(Optional.of(new HostName("*.example.com")), "wild"),
                        all("rest")),
                backend("exact", List.of(), exact.tls),
                backend("wild", List.of(), wild.tls),
                backend("rest", List.of(), rest.tls));

        assertThat(https("a.example.com")).contains("port=" + exact.plain, "tls=1", "sni=a.example.com");
        assertThat(https("A.Example.com")).contains("port=" + exact.plain);
        assertThat(https("b.example.com")).contains("port=" + wild.plain);
        assertThat(https("x.y.example.com")).contains("port=" + wild.plain);
        assertThat(https("example.com")).contains("port=" + rest.plain);
        assertThat(https("other.org")).contains("port=" + rest.plain);
    }

    @Test
    void theServerMayBeToldTheClientByTheProxyProtocol() throws Exception {
        OpensslCertificates pems = new OpensslCertificates(folder.resolve("pems"));
        ProtocolEchoServer mirror = opened(new ProtocolEchoServer(binary, folder, pems));
        apply(List.of(all("web")), backend("web", List.of(new BackendPolicy.ProxyProtocol(2)), mirror.proxied));

        assertThat(HttpConnection.get(listen, "any", "/").body()).contains("source=127.0.0.1");
    }

    @Test
    void aPortThatSomebodyElseHasIsLeftOutAndTheRestIsServed() throws Exception {
        SocketServer one = opened(greeter("one"));
        OriginServer web = opened(new OriginServer("web"));
        Backend site = backend("site", List.of(), web.port());
        Backend db = backend("db", List.of(), one.port());
        apply(List.of(), site);
        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(true);
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), listen));

            ApplyResult result = apply(List.of(all("db")), site, db);

            assertThat(omissions(result)).singleElement().satisfies(omission -> {
                assertThat(omission.field()).isEqualTo("listen");
                assertThat(omission.value()).isEqualTo(Integer.toString(listen));
                assertThat(omission.reason())
                        .contains("process " + ProcessHandle.current().pid());
            });
            assertThat(rig.get("www.example.com", "/").body()).startsWith("web");
        }
        apply(List.of(all("db")), site, db);
        assertThat(greeting()).isEqualTo("hello from one");
    }

    private static List<Omission> omissions(ApplyResult result) {
        return result instanceof Applied applied ? applied.omissions() : ((Unchanged) result).omissions();
    }

    private String greeting() throws IOException {
        try (Line line = new Line(listen)) {
            return line.read();
        }
    }

    private String https(String name) throws IOException {
        return OpensslCertificates.run(
                "curl",
                "-sSk",
                "--max-time",
                "20",
                "--resolve",
                name + ":" + listen + ":127.0.0.1",
                "https://" + name + ":" + listen + "/");
    }

    private static TcpRoute all(String backend) {
        return new TcpRoute(Optional.empty(), backend);
    }

    private static Backend backend(String name, List<BackendPolicy> policies, int... ports) {
        return new Backend(
                name,
                Arrays.stream(ports)
                        .mapToObj(port -> LoopbackTopologies.server("server-" + port, port))
                        .toList(),
                new HealthCheck.Tcp(),
                List.of(),
                policies);
    }

    private ApplyResult apply(List<TcpRoute> routes, Backend... backends) throws Exception {
        List<VirtualHost> hosts = Arrays.stream(backends)
                .filter(backend -> backend.name().equals("site"))
                .map(site -> new VirtualHost(
                        List.of(new HostName("www.example.com")), List.of(Route.toBackend(site.name()))))
                .toList();
        List<TcpListener> listeners = routes.isEmpty() ? List.of() : List.of(new TcpListener(listen, routes));
        ApplyResult result = rig.apply(
                new TopologySnapshot(++revision, new Topology(hosts, List.of(backends), TlsMaterial.NONE, listeners)));
        assertThat(result).isInstanceOfAny(Applied.class, Unchanged.class);
        return result;
    }

    private static ApplyMethod how(ApplyResult result) {
        return ((Applied) result).how();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
