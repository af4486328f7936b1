package io.interlock.haproxy.supervise;

import static io.interlock.haproxy.fixture.LoopbackTopologies.hosts;
import static io.interlock.haproxy.fixture.LoopbackTopologies.oneHost;
import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.TestTemplates;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import io.interlock.testsupport.network.SocketServer;
import io.interlock.testsupport.network.UnresponsivePort;
import io.interlock.testsupport.network.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** State that a reload preserves, number of reloads, and end of replaced workers. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ReloadTest {

    private static final String HOST = "www.example.com";

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final LoopbackTopologyBuilder fleet = new LoopbackTopologyBuilder();
    private OriginServer one;
    private HaproxyFixture rig;

    ReloadTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        one = opened(new OriginServer("one"));
        rig = rig(Optional.empty(), null, null);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aServerThatWasDownGetsNothingAfterAReloadUntilItAnswersAgain() throws Exception {
        // A check of this server takes a while: a worker that does not know that it is down would send requests
        // meanwhile.
        UnresponsivePort dead = opened(new UnresponsivePort());
        fleet.put(HOST, "one", one.port()).put(HOST, "dead", dead.port());
        rig.apply(fleet.snapshot());
        // Until the reload, a spare backend serves this host, unless HAProxy adds backends.
        fleet.put("foo.com", "one", one.port()).put("foo.com", "dead", dead.port());
        assertThat(how(rig.apply(fleet.snapshot()))).isEqualTo(ApplyMethod.RUNTIME);
        await().untilAsserted(() -> assertThat(down())
                .hasSize(2)
                .contains("www_example_com")
                .containsAnyOf("interlock.spare-0001", "foo_com"));

        reload();
        for (int i = 0; i < 20; i++) {
            assertThat(rig.get(HOST, "/").body()).startsWith("one");
            assertThat(rig.get("foo.com", "/").body()).startsWith("one");
        }

        assertThat(down()).containsOnly("www_example_com", "foo_com");
        assertThat(chosen("dead")).isZero();
        assertThat(chosen("one")).isEqualTo(40);
        dead.close();
        try (ServerSocket back = new ServerSocket(dead.port(), 50, InetAddress.getLoopbackAddress())) {
            await().untilAsserted(() ->
                    assertThat(down()).as("with %s listening", back).isEmpty());
        }
    }

    @Test
    void aWebSocketOutlivesAReload() throws Exception {
        try (HttpConnection client = webSocket()) {
            reload();

            assertThat(client.exchange("still here")).isEqualTo("still here");
        }
    }

    @Test
    void aWebSocketEndsSomeTimeAfterAReload() throws Exception {
        rig = rig(Optional.empty(), 1_000, null);
        try (HttpConnection client = webSocket()) {
            reload();

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    private HttpConnection webSocket() throws Exception {
        SocketServer echo = opened(WebSocketServer.ofLines());
        fleet.put(HOST, "echo", echo.port());
        rig.apply(fleet.snapshot());
        HttpConnection client = HttpConnection.connect(rig.port);
        assertThat(client.upgrade(HOST)).contains(" 101 ");
        return client;
    }

    @Test
    void aStormOfChangesThatNeedReloadsMakesFewOfThem() throws Exception {
        Path template = Files.writeString(folder.resolve("own.mustache"), TestTemplates.builtIn());
        rig = rig(Optional.of(template), null, 400);
        rig.apply(oneHost(HOST, one.port()));
        long began = System.nanoTime();

        for (int i = 0; i < 5; i++) {
            TopologySnapshot next = hosts(List.of(HOST, "n" + i + ".com"), one.port());
            assertThat(how(rig.apply(next))).isEqualTo(ApplyMethod.RELOAD);
            assertThat(rig.get("n" + i + ".com", "/").status()).isEqualTo(200);
        }

        assertThat(rig.reloads()).isEqualTo(5);
        assertThat(System.nanoTime() - began)
                .as("four pauses at least, however quick the machine is")
                .isGreaterThanOrEqualTo(4 * 400_000_000L);
    }

    @Test
    void changesAtRunTimeDoNotWaitForTheNextReload() throws Exception {
        rig = rig(Optional.empty(), null, 3_600_000);
        fleet.put(HOST, "one", one.port());
        rig.apply(fleet.snapshot());
        reload();

        fleet.put("foo.com", "one", one.port());
        assertThat(how(rig.apply(fleet.snapshot()))).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(rig.get("foo.com", "/").status()).isEqualTo(200);
    }

    @Test
    void tooFewFileDescriptorsAreExplained() throws Exception {
        Path limited = Files.writeString(folder.resolve("limited"), """
                #!/bin/sh
                ulimit -n 500
                test "$(id -u)" != 0 || without="setpriv --bounding-set -sys_resource"
                exec $without %s "$@"
                """.formatted(binary));
        Files.setPosixFilePermissions(limited, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig = opened(
                new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.withBinary(limited), Optional.empty()));

        assertThat(rig.apply(oneHost(HOST, one.port())))
                .isInstanceOfSatisfying(
                        ApplyResult.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("FD limit", "lower \"max_conn\"", "LimitNOFILE", "--ulimit"));
        assertThat(rig.processes()).isEmpty();
    }

    /** Makes a change that needs a reload. */
    private void reload() throws Exception {
        RuntimeApiClient.ask(
                rig.data().resolve("admin.sock"), "add map " + rig.data().resolve("hosts.map") + " evil.com x");
        assertThat(how(rig.apply(fleet.snapshot()))).isEqualTo(ApplyMethod.RELOAD);
    }

    /** The backends whose server {@code dead} is down. */
    private Set<String> down() throws IOException {
        Set<String> down = new HashSet<>();
        for (String[] fields : statistics()) {
            if (fields[1].equals("dead") && fields[17].startsWith("DOWN")) {
                down.add(fields[0]);
            }
        }
        return down;
    }

    /** The number of times that servers with the name were chosen for a request. */
    private int chosen(String server) throws IOException {
        int chosen = 0;
        for (String[] fields : statistics()) {
            if (fields[1].equals(server)) {
                chosen += Integer.parseInt(fields[30]);
            }
        }
        return chosen;
    }

    private List<String[]> statistics() throws IOException {
        return RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show stat")
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split(","))
                .toList();
    }

    private HaproxyFixture rig(
            Optional<Path> template, @Nullable Integer hardStopAfter, @Nullable Integer reloadInterval)
            throws Exception {
        return opened(new HaproxyFixture(
                folder, PortAllocator.next(), config(template, hardStopAfter, reloadInterval), Optional.empty()));
    }

    private HaproxyConfig config(
            Optional<Path> template, @Nullable Integer hardStopAfter, @Nullable Integer reloadInterval) {
        Map<String, Object> section = new HashMap<>(Map.of("binary", binary.toString()));
        template.ifPresent(path -> section.put("template_path", path.toString()));
        Optional.ofNullable(hardStopAfter).ifPresent(value -> section.put("hard_stop_after", value));
        Optional.ofNullable(reloadInterval).ifPresent(value -> section.put("reload_interval", value));
        return HaproxyFixture.config(section);
    }

    private static ApplyMethod how(ApplyResult result) {
        assertThat(result).isInstanceOf(Applied.class);
        return ((Applied) result).how();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
