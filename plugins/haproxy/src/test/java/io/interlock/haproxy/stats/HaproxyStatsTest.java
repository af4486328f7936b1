package io.interlock.haproxy.stats;

import static io.interlock.haproxy.fixture.LoopbackTopologies.hosts;
import static io.interlock.haproxy.fixture.LoopbackTopologies.oneHost;
import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.model.RequestRefusal;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics and previews of a running HAProxy, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class HaproxyStatsTest {

    private static final String HOST = "www.example.com";
    private static final String LATER = "later.example.com";

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private HaproxyFixture rig;
    private OriginServer origin;

    HaproxyStatsTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        origin = opened(new OriginServer("one"));
        rig = opened(new HaproxyFixture(
                folder, PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.of(HaproxyFixture.STATS)));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    private BackendStats backend(String name) throws Exception {
        return rig.stats().orElseThrow().backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void requestsAreCountedAtListenerBackendAndServer() throws Exception {
        rig.apply(oneHost(HOST, origin.port()));
        for (int i = 0; i < 3; i++) {
            assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        }
        // HAProxy counts a request when it logs it, which is after the client has the answer.
        await().until(() ->
                backend("www_example_com").traffic().responses().successful().orElse(0) == 3);
        ProxyStats stats = rig.stats().orElseThrow();
        assertThat(stats.process().workers()).hasValue(1);
        assertThat(stats.listeners())
                .singleElement()
                .satisfies(listener -> assertThat(listener.traffic().requests()).hasValue(3));
        assertThat(backend("www_example_com").available()).isTrue();
        assertThat(backend("www_example_com").servers())
                .singleElement()
                .satisfies(server -> assertThat(server.traffic().requests()).hasValue(3));
        await().until(() -> backend("www_example_com").servers().getFirst().state() == ServerStats.State.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BACKEND", "FRONTEND"})
    void aServerMayHaveTheNameThatHaproxyGivesItsOwnRows(String name) throws Exception {
        rig.apply(new LoopbackTopologyBuilder().put(HOST, name, origin.port()).snapshot());
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        await().until(() -> backend("www_example_com").available());
        ProxyStats stats = rig.stats().orElseThrow();
        assertThat(stats.listeners()).hasSize(1);
        assertThat(stats.backends())
                .singleElement()
                .satisfies(backend -> assertThat(backend.servers())
                        .extracting(ServerStats::name)
                        .containsExactly(name));
    }

    @Test
    void refusedRequestsAreCountedByReason() throws Exception {
        rig.apply(oneHost(HOST, origin.port()));
        assertThat(rig.stats().orElseThrow().refusals())
                .containsOnlyKeys(Arrays.stream(RequestRefusal.values())
                        .map(RequestRefusal::label)
                        .toList())
                .containsEntry("host", 0L);

        assertThat(rig.get("a@b", "/").status()).isEqualTo(400);
        assertThat(rig.get("a@b", "/").status()).isEqualTo(400);

        await().until(() -> rig.stats().orElseThrow().refusals().getOrDefault("host", 0L) == 2);
        assertThat(rig.stats().orElseThrow().refusals()).containsEntry("path", 0L);
    }

    @Test
    void aBackendInASpareHasItsOwnName() throws Exception {
        rig.apply(oneHost(HOST, origin.port()));
        assertThat(rig.apply(hosts(List.of(HOST, LATER), origin.port())))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RUNTIME));
        assertThat(rig.get(LATER, "/").status()).isEqualTo(200);
        await().until(() -> backend("later_example_com").traffic().requests().orElse(0) == 1);
        assertThat(rig.stats().orElseThrow().backends())
                .extracting(BackendStats::name)
                .containsExactly("later_example_com", "www_example_com");
        // Requests for a removed host wait for its return for a while.
        await().untilAsserted(() -> {
            rig.apply(oneHost(HOST, origin.port()));
            assertThat(rig.stats().orElseThrow().backends())
                    .extracting(BackendStats::name)
                    .containsExactly("www_example_com");
        });
    }

    @Test
    void whatDoesNotRunTellsNothing() throws Exception {
        assertThat(rig.stats()).isEmpty();
    }

    @Test
    void aPreviewWritesNothingAndShowsNoPassword() throws Exception {
        ConfigPreview preview = rig.preview(oneHost(HOST, origin.port()));
        assertThat(preview.files().getFirst().path()).isEqualTo(rig.configFile());
        assertThat(preview.files().getFirst().text())
                .contains("backend www_example_com")
                .contains("stats auth stats:…")
                .doesNotContain("ecret");
        assertThat(preview.files())
                .allSatisfy(file -> assertThat(file.present()).isEmpty());
        assertThat(Files.exists(rig.configFile())).isFalse();
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aPreviewOfWhatIsServedDiffersFromTheFilesInNothing() throws Exception {
        rig.apply(oneHost(HOST, origin.port()));
        assertThat(rig.preview(oneHost(HOST, origin.port())).files())
                .allSatisfy(file -> assertThat(file.present()).contains(file.text()));
        ConfigPreview other = rig.preview(hosts(List.of(HOST, LATER), origin.port()));
        assertThat(other.files().getFirst().present().orElseThrow())
                .isNotEqualTo(other.files().getFirst().text());
    }
}
