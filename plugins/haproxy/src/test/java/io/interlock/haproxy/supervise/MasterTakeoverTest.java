package io.interlock.haproxy.supervise;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.topology.ServerState;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** HAProxy of a killed controller keeps serving, and the next controller takes it over unchanged. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class MasterTakeoverTest {

    private static final String HOST = "www.example.com";

    private final Path binary;

    @TempDir
    Path folder;

    private final LoopbackTopologyBuilder fleet = new LoopbackTopologyBuilder();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private HaproxyFixture rig;
    private OriginServer one;
    private OriginServer two;

    MasterTakeoverTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        one = opened(new OriginServer("one"));
        two = opened(new OriginServer("two"));
        rig = opened(
                new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty()));
        fleet.put(HOST, "one", one.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.START);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        // A killed controller may have left a check of its last file running.
        await().untilAsserted(() -> assertThat(rig.processes()).isEmpty());
    }

    @Test
    void whatWasToldAtRunTimeIsTakenOverWithoutAReload() throws Exception {
        changeEverything();
        ProcessHandle before = rig.master();

        rig.loseController();

        // The only remaining change is the host gone.com, which waits for its return.
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(apply()).isInstanceOf(Unchanged.class);
        assertThat(rig.master()).isEqualTo(before);
        assertThat(List.of(get(HOST), get(HOST), get("foo.com"))).containsOnly("two");
        assertThat(get("gone.com")).isEqualTo("503");
        assertThat(reloads()).isZero();
    }

    @Test
    void whatHappenedMeanwhileIsToldToTheRunningOne() throws Exception {
        changeEverything();

        rig.loseController();
        fleet.remove("foo.com")
                .put("gone.com", "web", one.port())
                .put("bar.com", "web", two.port())
                .remove(HOST, "two")
                .put(HOST, "one", one.port());

        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(List.of(get(HOST), get(HOST), get("gone.com"))).containsOnly("one");
        assertThat(get("bar.com")).isEqualTo("two");
        assertThat(get("foo.com")).isEqualTo("503");
        assertThat(reloads()).isZero();
    }

    @Test
    void aControllerThatIsKilledAfterEveryChangeNeedsNoReload() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int change = 0; change < 20; change++) {
            String host = random.nextBoolean() ? HOST : "h" + random.nextInt(4) + ".com";
            String server = "s" + random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 -> fleet.put(host, server, one.port(), ServerState.DRAINING);
                case 1 -> fleet.put(host, server, random.nextBoolean() ? one.port() : two.port());
                case 2 -> fleet.remove(HOST, server);
                default -> fleet.remove("h" + random.nextInt(4) + ".com");
            }
            if (random.nextBoolean()) {
                apply();
            }
            rig.loseController();
            assertThat(apply()).as("seed " + seed).isInstanceOfAny(Applied.class, Unchanged.class);
            assertThat(apply()).as("seed " + seed).isInstanceOf(Unchanged.class);
            assertThat(get(HOST)).as("seed " + seed).isIn("one", "two");
        }
        assertThat(reloads()).as("seed " + seed).isZero();
    }

    @Test
    void aServerThatStillHasConnectionsIsTakenOverAsOneThatIsGoing() throws Exception {
        fleet.put(HOST, "two", two.port());
        apply();
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            client.send(HOST, "/slow");
            one.awaitSlowRequest();
            fleet.remove(HOST, "one");
            apply();

            rig.loseController();
            assertThat(apply()).isInstanceOf(Unchanged.class);
            assertThat(List.of(get(HOST), get(HOST))).containsOnly("two");

            fleet.put(HOST, "one", one.port());
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
            assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
            one.letSlowRequestsFinish();
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(reloads()).isZero();
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsMended() throws Exception {
        changeEverything();
        rig.loseController();
        Path admin = rig.data().resolve("admin.sock");
        RuntimeApiClient.ask(admin, "add map " + rig.data().resolve("hosts.map") + " evil.com www_example_com");
        RuntimeApiClient.ask(admin, "set server www_example_com/two state maint");

        assertThat(apply()).isInstanceOf(Applied.class);

        assertThat(List.of(get(HOST), get(HOST))).containsOnly("two");
        assertThat(get("evil.com")).isEqualTo("503");
    }

    @Test
    void oneThatHasLostItsSocketsIsTakenOverToo() throws Exception {
        changeEverything();
        ProcessHandle master = rig.master();
        Files.delete(rig.data().resolve("master.sock"));
        Files.delete(rig.data().resolve("admin.sock"));

        rig.loseController();

        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
        assertThat(rig.master()).isEqualTo(master);
        assertThat(List.of(get(HOST), get("foo.com"))).containsOnly("two");
        fleet.put("bar.com", "web", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(get("bar.com")).isEqualTo("two");
    }

    @Test
    void withoutTheRecordOfWhatWasLoadedAReloadMakesSure() throws Exception {
        changeEverything();
        rig.loseController();
        Files.delete(rig.data().resolve("loaded"));

        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);

        assertThat(get("foo.com")).isEqualTo("two");
    }

    /** Adds, drains and moves servers, and adds and removes hosts. */
    private void changeEverything() throws Exception {
        fleet.put("gone.com", "web", one.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        fleet.put(HOST, "two", one.port()).put("foo.com", "web", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        fleet.put(HOST, "two", two.port())
                .put(HOST, "one", one.port(), ServerState.DRAINING)
                .remove("gone.com");
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
    }

    private ApplyResult apply() throws InterruptedException {
        return rig.apply(fleet.snapshot());
    }

    private String get(String host) throws IOException {
        HttpConnection.Response response = rig.get(host, "/");
        return response.status() == 200 ? response.body().split(" ")[0] : Integer.toString(response.status());
    }

    private int reloads() throws Exception {
        return rig.reloads();
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
