package io.interlock.haproxy.apply;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.HaproxyBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy's program is replaced by an older one while HAProxy runs. */
@Timeout(120)
@Tag("haproxy")
@Tag("slow")
class BinaryReplacementTest {

    @TempDir
    Path folder;

    @Test
    void whatTheNextStartWouldRefuseIsLeftOutWithoutAReload() throws Exception {
        Optional<Path> older = binary(false);
        Optional<Path> newer = binary(true);
        assertThat(older.isPresent() && newer.isPresent())
                .as("INTERLOCK_TEST_HAPROXY names an HAProxy before 2.8 and one of 2.8 or newer, as make test does")
                .isTrue();
        Path program = Files.createSymbolicLink(folder.resolve("haproxy"), newer.orElseThrow());
        try (OriginServer origin = new OriginServer("one");
                HaproxyFixture rig = new HaproxyFixture(
                        folder.resolve("rig"),
                        PortAllocator.next(),
                        HaproxyFixture.withBinary(program),
                        Optional.empty())) {
            assertThat(how(rig.apply(snapshot(LoopbackTopologies.server("a", origin.port())))))
                    .isEqualTo(ApplyMethod.START);
            replace(program, older.orElseThrow());
            TopologySnapshot more = snapshot(
                    LoopbackTopologies.server("a", origin.port()), LoopbackTopologies.server("b", origin.port()));

            int before = rig.applyRequests.get();
            assertThat(how(rig.apply(more))).isEqualTo(ApplyMethod.RUNTIME);
            await().until(() -> rig.applyRequests.get() > before);
            ApplyResult result = rig.apply(more);

            assertThat(how(result)).isEqualTo(ApplyMethod.RUNTIME);
            assertThat(((Applied) result).omissions()).singleElement().satisfies(omission -> {
                assertThat(omission.value()).isEqualTo("forwarded");
                assertThat(omission.reason()).contains("unknown option 'forwarded'");
            });
            assertThat(rig.get("www.example.com", "/").status()).isEqualTo(200);
            await().until(() -> Files.readString(rig.configFile()).contains("server b "));
            assertThat(Files.readString(rig.configFile())).doesNotContain("forwarded\n");
            assertThat(rig.apply(more)).isInstanceOf(Unchanged.class);
        } finally {
            Files.delete(program);
        }
    }

    private static void replace(Path link, Path target) throws Exception {
        Files.delete(link);
        Files.createSymbolicLink(link, target);
    }

    private static TopologySnapshot snapshot(Server... servers) {
        HostName host = HostName.of("www.example.com");
        Backend backend =
                new Backend(Backend.nameFor(host), List.of(servers), new HealthCheck.Tcp(), List.of("forwarded"));
        return new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(List.of(host), List.of(Route.toBackend(backend.name())))),
                        List.of(backend)));
    }

    private static Optional<Path> binary(boolean hasForwarded) throws Exception {
        for (Path path : HaproxyBinaries.all()) {
            if (HaproxyBinary.find(Optional.of(path)).version().has(HaproxyFeature.FORWARDED_HEADER) == hasForwarded) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private static ApplyMethod how(ApplyResult result) {
        assertThat(result).isInstanceOf(Applied.class);
        return ((Applied) result).how();
    }
}
