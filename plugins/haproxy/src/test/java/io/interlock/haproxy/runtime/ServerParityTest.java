package io.interlock.haproxy.runtime;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that is added at run time equals one from the configuration, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ServerParityTest {

    private static final String LOADED = "loaded.example.com";
    private static final String ADDED = "added.example.com";

    /** What differs between any two servers, or with time. */
    private static final Set<String> OWN = Set.of(
            "be_id",
            "be_name",
            "srv_id",
            "srv_name",
            "srv_addr",
            "srv_port",
            "srv_time_since_last_change",
            "bkname/svname",
            "bkid/svid",
            "addr",
            "port",
            "pxname",
            "svname",
            "iid",
            "sid",
            "lastchg",
            "downtime",
            "lastsess",
            "check_duration");

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    ServerParityTest(Path binary) {
        this.binary = binary;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void itHasTheSameSettingsAndKeepsAsManyConnections() throws Exception {
        Map<String, Set<Integer>> connections = new ConcurrentHashMap<>();
        OriginServer one = opened(counting(LOADED, connections));
        OriginServer two = opened(counting(ADDED, connections));
        HaproxyFixture rig = opened(
                new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty()));
        LoopbackTopologyBuilder fleet = new LoopbackTopologyBuilder().put(LOADED, "web", one.port());
        rig.apply(fleet.snapshot());

        assertThat(rig.apply(fleet.put(ADDED, "web", two.port()).snapshot()))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RUNTIME));

        await().untilAsserted(() -> {
            assertThat(row(rig, "show servers state", two.port()))
                    .isEqualTo(row(rig, "show servers state", one.port()));
            assertThat(row(rig, "show stat", two.port())).isEqualTo(row(rig, "show stat", one.port()));
        });
        assertThat(row(rig, "show servers conn", two.port())).isEqualTo(row(rig, "show servers conn", one.port()));
        for (String host : List.of(LOADED, ADDED)) {
            for (int i = 0; i < 50; i++) {
                assertThat(rig.get(host, "/").status()).isEqualTo(200);
            }
        }
        assertThat(connections.get(ADDED)).hasSameSizeAs(connections.get(LOADED));
    }

    private static OriginServer counting(String name, Map<String, Set<Integer>> connections) throws IOException {
        return OriginServer.answering(exchange -> {
            connections
                    .computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet())
                    .add(exchange.getRemoteAddress().getPort());
            OriginServer.respond(exchange, 200, name);
        });
    }

    /** The line about the server at the port, by the names of its columns. */
    private static Map<String, String> row(HaproxyFixture rig, String command, int port) throws IOException {
        List<String> lines = RuntimeApiClient.ask(rig.data().resolve("admin.sock"), command)
                .lines()
                .toList();
        String separator = command.equals("show stat") ? "," : " ";
        String head =
                lines.stream().filter(line -> line.startsWith("# ")).findFirst().orElseThrow();
        Predicate<String> ours = command.equals("show stat")
                ? line -> line.contains(",127.0.0.1:" + port + ",")
                : line -> line.contains(" " + port + " ") && line.contains("127.0.0.1");
        String[] names = head.substring(2).split(separator, -1);
        String[] values = lines.stream().filter(ours).findFirst().orElseThrow().split(separator, -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length && i < values.length; i++) {
            if (!OWN.contains(names[i])) {
                row.put(names[i], values[i]);
            }
        }
        return row;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
