package io.interlock.haproxy.runtime;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.ServerPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that is added at run time equals one from the configuration, on each available HAProxy: both get the same
 * requests, and HAProxy must report the same of both.
 */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ServerParityTest {

    /** Names of the same length, so that requests have the same length too. */
    private static final String LOADED = "file";

    private static final String ADDED = "live";

    /** What differs between any two servers, or with time. */
    private static final Set<String> OWN = Set.of(
            "be_id",
            "be_name",
            "srv_id",
            "srv_name",
            "srv_time_since_last_change",
            "bkname/svname",
            "bkid/svid",
            "pxname",
            "svname",
            "iid",
            "sid",
            "lastchg",
            "downtime",
            "lastsess",
            "check_duration",
            // A check that the machine is too busy to answer in time.
            "chkfail",
            // Checks are sessions too.
            "ssl_sess",
            "ssl_reused_sess",
            // HAProxy closes idle connections every five seconds.
            "used_max",
            "need_est",
            "unsafe_nb",
            "safe_nb",
            "idle_cur",
            "idle_sess",
            "idle_per_thr[1]",
            "srv_icur",
            "idle_conn_cur",
            "safe_conn_cur",
            "used_conn_cur",
            "need_conn_est",
            "h1_open_connections",
            "h2_open_connections",
            "rate",
            "rate_max",
            "qtime",
            "ctime",
            "rtime",
            "ttime",
            "qtime_max",
            "ctime_max",
            "rtime_max",
            "ttime_max");

    private static final HostName CHECKED = HostName.of("www.example.com");

    private enum Kind {
        PLAIN,
        LIMITED,
        PROXIED,
        SLOW,
        ENCRYPTED,
        MULTIPLEXED,
        BOTH;

        List<ServerPolicy> policies() {
            ServerPolicy tls = new BackendPolicy.TlsToServers(false, Optional.of(CHECKED));
            return switch (this) {
                case PLAIN -> List.of();
                case LIMITED -> List.of(new BackendPolicy.ConcurrencyLimit(7));
                case PROXIED -> List.of(new BackendPolicy.ProxyProtocol(2));
                case SLOW ->
                    List.of(
                            new BackendPolicy.CheckThresholds(2, 4),
                            new BackendPolicy.SlowStart(Duration.ofSeconds(1)));
                case ENCRYPTED -> List.of(tls);
                case MULTIPLEXED -> List.of(new BackendPolicy.Http2ToServers());
                case BOTH -> List.of(tls, new BackendPolicy.Http2ToServers());
            };
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path binary;

    @TempDir
    Path folder;

    private final int plain = PortAllocator.next();
    private final int multiplexed = PortAllocator.next();
    private final int encrypted = PortAllocator.next();
    private final int proxied = PortAllocator.next();
    private Process origin;
    private HaproxyFixture rig;

    ServerParityTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("origin.cfg");
        Files.writeString(file, """
            global
                nbthread 1
            defaults
                mode http
                timeout client 1h
            frontend origin
                bind 127.0.0.1:%d
                bind 127.0.0.1:%d proto h2
                bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1
                bind 127.0.0.1:%d accept-proxy
                http-request return status 200 content-type text/plain hdr Connection close lf-string "%%[ssl_fc_is_resumed]" \
            if { path /close }
                http-request return status 200 content-type text/plain lf-string "%%[req.ver]"
            """.formatted(
                        plain,
                        multiplexed,
                        encrypted,
                        new OpensslCertificates(folder.resolve("pems")).selfSigned("www", CHECKED.value()),
                        proxied));
        origin = new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("origin.log").toFile())
                .start();
        // A check that fails because the server does not listen yet counts for the rest of the test.
        await().until(() ->
                List.of(plain, multiplexed, encrypted, proxied).stream().allMatch(ServerParityTest::isOpen));
        rig = new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty());
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        origin.destroy();
        origin.onExit().join();
    }

    @Test
    void itHasTheSameSettingsAndTheSameUseOfConnections() throws Exception {
        addAfterLoad(Kind.values());
        settle();

        for (Kind kind : Kind.values()) {
            for (String how : List.of(LOADED, ADDED)) {
                for (int client = 0; client < 3; client++) {
                    ask(host(kind, how), 10);
                }
            }
            assertThat(row("show stat", kind, LOADED)).doesNotContainEntry("reuse", "0");
            for (String table : List.of("show servers state", "show servers conn", "show stat")) {
                await().untilAsserted(() -> assertThat(row(table, kind, ADDED))
                        .describedAs("%s %s", table, kind)
                        .isEqualTo(row(table, kind, LOADED)));
            }
        }
    }

    @Test
    void sessionsOfTlsAreResumed() throws Exception {
        addAfterLoad(Kind.ENCRYPTED);
        for (String how : List.of(LOADED, ADDED)) {
            List<String> resumed = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                resumed.add(rig.get(host(Kind.ENCRYPTED, how), "/close").body());
            }
            assertThat(resumed).describedAs(how).endsWith("1", "1", "1");
        }
    }

    /** Sends requests on one connection. */
    private void ask(String host, int requests) throws IOException {
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            for (int i = 0; i < requests; i++) {
                assertThat(client.get(host, "/").status()).isEqualTo(200);
            }
        }
    }

    /** Starts HAProxy with one server of each kind, and adds another one without a reload. */
    private void addAfterLoad(Kind... kinds) throws Exception {
        apply(ApplyMethod.START, kinds, LOADED);
        apply(ApplyMethod.RUNTIME, kinds, LOADED, ADDED);
        await().untilAsserted(() -> assertThat(RuntimeApiClient.ask(admin(), "show stat")
                        .lines()
                        .filter(line -> line.contains(",127.0.0.1:") && !line.contains("interlock:wait"))
                        .toList())
                .hasSize(2 * kinds.length)
                .allSatisfy(line -> assertThat(line).contains(",UP,").matches(".*,L[467]OK,.*")));
    }

    /** Waits for the reload that a server in HTTP/2 needs on an older HAProxy. */
    private void settle() throws Exception {
        if (HaproxyBinary.find(Optional.of(binary)).version().has(HaproxyFeature.HTTP2_OF_ADDED_SERVERS)) {
            return;
        }
        TopologySnapshot same = snapshot(Kind.values(), LOADED, ADDED);
        await().until(() -> rig.apply(same) instanceof Applied applied
                && applied.reloadReason()
                        .filter(reason -> reason.cause() == ReloadCause.UNSHARED_CONNECTIONS)
                        .isPresent());
    }

    private void apply(ApplyMethod method, Kind[] kinds, String... hows) throws Exception {
        ApplyResult result = rig.apply(snapshot(kinds, hows));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(method));
    }

    private TopologySnapshot snapshot(Kind[] kinds, String... hows) {
        List<VirtualHost> hosts = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        for (Kind kind : kinds) {
            for (String how : hows) {
                Backend backend = backend(kind, how);
                backends.add(backend);
                hosts.add(new VirtualHost(
                        List.of(HostName.of(host(kind, how))), List.of(Route.toBackend(backend.name()))));
            }
        }
        return new TopologySnapshot(hosts.size(), new Topology(hosts, backends));
    }

    private Backend backend(Kind kind, String how) {
        return new Backend(
                Backend.nameFor(HostName.of(host(kind, how))),
                List.of(new Server(
                        server(kind, how),
                        server(kind, how),
                        InetAddress.getLoopbackAddress(),
                        port(kind),
                        ServerState.READY,
                        Duration.ofMillis(500),
                        1,
                        false,
                        kind.policies())),
                new HealthCheck.Http("GET", "/", Optional.of(CHECKED)),
                List.of());
    }

    private int port(Kind kind) {
        return switch (kind) {
            case PLAIN, LIMITED, SLOW -> plain;
            case PROXIED -> proxied;
            case ENCRYPTED, BOTH -> encrypted;
            case MULTIPLEXED -> multiplexed;
        };
    }

    private static String host(Kind kind, String how) {
        return how + "." + kind.label() + ".example.com";
    }

    private static String server(Kind kind, String how) {
        return how + "-" + kind.label();
    }

    private Path admin() {
        return rig.data().resolve("admin.sock");
    }

    /** The line about the server, by the names of its columns. */
    private Map<String, String> row(String command, Kind kind, String how) throws IOException {
        List<String> lines = RuntimeApiClient.ask(admin(), command).lines().toList();
        String separator = command.equals("show stat") ? "," : " ";
        String head =
                lines.stream().filter(line -> line.startsWith("# ")).findFirst().orElseThrow();
        String[] names = head.substring(2).split(separator, -1);
        String[] values = lines.stream()
                .filter(line -> Stream.of(line.split("[ ,/]")).anyMatch(server(kind, how)::equals))
                .findFirst()
                .orElseThrow()
                .split(separator, -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length && i < values.length; i++) {
            if (!OWN.contains(names[i])) {
                row.put(names[i], values[i]);
            }
        }
        return row;
    }
}
