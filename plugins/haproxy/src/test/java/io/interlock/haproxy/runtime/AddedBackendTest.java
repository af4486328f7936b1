package io.interlock.haproxy.runtime;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Backends that HAProxy makes at run time, on each available HAProxy that can. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class AddedBackendTest {

    private static final String OLD = "old.example.com";
    private static final String NEW = "new.example.com";
    private static final String PLACE = "new_example_com";

    private final Path binary;

    @TempDir
    Path folder;

    private final LoopbackTopologyBuilder fleet = new LoopbackTopologyBuilder();
    private OriginServer one;
    private OriginServer two;
    private HaproxyFixture rig;

    AddedBackendTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        boolean able = HaproxyBinary.find(Optional.of(binary)).version().has(HaproxyFeature.BACKENDS_AT_RUNTIME);
        if (!able) {
            System.out.println("NOT TESTED: " + binary + " cannot add backends");
        }
        assumeTrue(able);
        one = OriginServer.answering(exchange -> OriginServer.respond(exchange, 200, "one"));
        two = OriginServer.answering(exchange -> OriginServer.respond(exchange, 200, "two"));
        rig = new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty());
        rig.apply(fleet.put(OLD, "web", one.port()).snapshot());
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
            one.close();
            two.close();
        }
    }

    @Test
    void aNewHostHasItsOwnNameAtOnceAndLeavesNothingBehind() throws Exception {
        assertThat(Files.readString(rig.configFile())).doesNotContain("spare");
        for (int round = 0; round < 3; round++) {
            atRuntime(fleet.put(NEW, "web", two.port()).snapshot());
            assertThat(rig.get(NEW, "/").body()).isEqualTo("two");
            assertThat(backends()).contains(PLACE);

            TopologySnapshot without = fleet.remove(NEW).snapshot();
            atRuntime(without);
            awaitDeletion(without);
        }
        assertThat(rig.reloads()).isZero();
        assertThat(rig.get(OLD, "/").body()).isEqualTo("one");
    }

    @Test
    void aHostThatComesBackBeforeItsBackendIsDeletedIsServed() throws Exception {
        for (int round = 0; round < 20; round++) {
            atRuntime(fleet.put(NEW, "web", two.port()).snapshot());
            assertThat(rig.get(NEW, "/").body()).isEqualTo("two");
            atRuntime(fleet.remove(NEW).snapshot());
        }
        assertThat(rig.reloads()).isZero();
    }

    @Test
    void aBackendWithAConnectionIsDeletedAfterItsEnd() throws Exception {
        atRuntime(fleet.put(NEW, "web", two.port()).snapshot());
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            assertThat(client.get(NEW, "/").status()).isEqualTo(200);
            TopologySnapshot without = fleet.remove(NEW).snapshot();
            atRuntime(without);
            awaitDeletion(without);
            assertThat(client.get(OLD, "/").status()).isEqualTo(200);
        }
        assertThat(rig.reloads()).isZero();
    }

    @Test
    void anotherKindOfCheckMovesTheHostWithoutAReload() throws Exception {
        fleet.put(NEW, "web", two.port());
        atRuntime(fleet.snapshot());
        HealthCheck check = new HealthCheck.Http("GET", "/health", Optional.empty());

        TopologySnapshot changed =
                fleet.with(NEW, check).put(NEW, "web", two.port()).snapshot();
        atRuntime(changed);
        assertThat(backends()).contains(PLACE + ":2");
        assertThat(rig.get(NEW, "/").body()).isEqualTo("two");
        awaitDeletion(changed);
        assertThat(rig.get(NEW, "/").body()).isEqualTo("two");
        assertThat(rig.stats().orElseThrow().backends())
                .anyMatch(backend -> backend.name().equals(PLACE));
        assertThat(rig.reloads()).isZero();
    }

    @Test
    void theNextControllerKnowsWhatWasAdded() throws Exception {
        HealthCheck check = new HealthCheck.Http("GET", "/health", Optional.empty());
        atRuntime(fleet.put(NEW, "web", two.port()).snapshot());
        fleet.with(NEW, check).put(NEW, "web", two.port());
        fleet.put("more.example.com", "web", two.port());
        atRuntime(fleet.snapshot());

        rig.loseController();
        rig.apply(fleet.snapshot());
        assertThat(rig.get(NEW, "/").body()).isEqualTo("two");
        TopologySnapshot less = fleet.remove("more.example.com").snapshot();
        atRuntime(less);
        awaitDeletion(less);
        assertThat(backends()).contains(PLACE + ":2").doesNotContain(PLACE, "more_example_com");
        assertThat(rig.reloads()).isZero();
    }

    @Test
    void aReloadKeepsTheNames() throws Exception {
        atRuntime(fleet.put(NEW, "web", two.port()).snapshot());
        ApplyResult result = rig.apply(fleet.with(OLD, new HealthCheck.Tcp(), "httpclose")
                .put(OLD, "web", one.port())
                .snapshot());

        assertThat(result)
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
        assertThat(backends()).contains(PLACE);
        assertThat(rig.get(NEW, "/").body()).isEqualTo("two");
    }

    private void atRuntime(TopologySnapshot snapshot) throws Exception {
        assertThat(rig.apply(snapshot))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RUNTIME));
    }

    /** Applies the topology again, as the plugin asks, until no backend is left that is not in it. */
    private void awaitDeletion(TopologySnapshot same) {
        int wanted = same.topology().backends().size();
        await().until(() -> {
            rig.apply(same);
            return backends().size() == wanted;
        });
    }

    private List<String> backends() throws IOException {
        return RuntimeApiClient.ask(rig.data().resolve("admin.sock"), "show backend")
                .lines()
                .filter(line -> line.contains("_example_com"))
                .toList();
    }
}
