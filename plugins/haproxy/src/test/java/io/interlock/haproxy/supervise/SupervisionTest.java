package io.interlock.haproxy.supervise;

import static io.interlock.haproxy.fixture.LoopbackTopologies.hosts;
import static io.interlock.haproxy.fixture.LoopbackTopologies.oneHost;
import static io.interlock.haproxy.fixture.LoopbackTopologies.oneHostWithOptions;
import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.ProcessControl;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Interlock notices and repairs interference with a running HAProxy without a change of the topology. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class SupervisionTest {

    private static final String HOST = "www.example.com";

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ExecutorService thread = opened(Executors.newVirtualThreadPerTaskExecutor());
    private HaproxyFixture rig;
    private OriginServer one;

    SupervisionTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        one = opened(new OriginServer("one"));
        rig = opened(
                new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.ofOneThread(binary), Optional.empty()));
        assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.START);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aWorkerThatWasStoppedGoesOn() throws Exception {
        long worker = worker().pid();
        ProcessControl.signal("STOP", worker);

        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);

        assertThat(worker().pid()).isEqualTo(worker);
        assertThat(rig.apply(oneHost(HOST, one.port()))).isInstanceOf(Unchanged.class);
    }

    @Test
    void aMasterThatWasStoppedGoesOn() throws Exception {
        ProcessControl.signal("STOP", rig.master().pid());

        await().ignoreExceptions()
                .until(() -> RuntimeApiClient.ask(rig.data().resolve("master.sock"), "show proc")
                        .contains("worker"));

        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void aMasterThatIsStoppedBeforeItListensGoesOn() throws Exception {
        rig.master().destroyForcibly();
        await().until(() -> rig.processes().isEmpty());
        Future<ApplyResult> start = thread.submit(() -> rig.apply(oneHost(HOST, one.port())));

        // The check of the configuration, which ends soon, is a process too.
        ProcessHandle master = await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> rig.processes().stream()
                                .filter(process ->
                                        process.info().commandLine().orElse("").contains(" -W "))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        ProcessControl.signal("STOP", master.pid());

        assertThat(how(start.get())).isEqualTo(ApplyMethod.START);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void aWorkerThatHangsIsReplaced() throws Exception {
        ProcessHandle worker = worker();
        int before = rig.applyRequests.get();
        Process holder = ProcessControl.hold(worker.pid());
        assertThat(applyWhenAsked(before).how()).isEqualTo(ApplyMethod.RELOAD);

        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        await().until(() -> !worker.isAlive() && !holder.isAlive());
    }

    @Test
    void aMasterThatHangsIsReplaced() throws Exception {
        ProcessHandle master = rig.master();
        int before = rig.applyRequests.get();
        Process holder = ProcessControl.hold(master.pid());
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        assertThat(applyWhenAsked(before).how()).isEqualTo(ApplyMethod.START);

        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        await().until(() -> !master.isAlive() && !holder.isAlive());
    }

    @Test
    void anAdminSocketThatWasRemovedIsMadeAnew() throws Exception {
        for (int removal = 0; removal < 2; removal++) {
            ProcessHandle master = rig.master();
            int before = rig.applyRequests.get();
            Files.delete(rig.data().resolve("admin.sock"));

            awaitRequest(before);
            assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.RELOAD);

            assertThat(rig.data().resolve("admin.sock")).exists();
            assertThat(rig.master()).isEqualTo(master);
            String other = "removal" + removal + ".example.com";
            assertThat(how(rig.apply(hosts(List.of(HOST, other), one.port())))).isEqualTo(ApplyMethod.RUNTIME);
            assertThat(rig.get(other, "/").status()).isEqualTo(200);
            rig.apply(oneHost(HOST, one.port()));
        }
    }

    @Test
    void aMasterSocketThatWasRemovedIsMadeAnew() throws Exception {
        ProcessHandle master = rig.master();
        int before = rig.applyRequests.get();
        Files.delete(rig.data().resolve("master.sock"));

        assertThat(applyWhenAsked(before).how()).isEqualTo(ApplyMethod.RELOAD);
        assertThat(rig.data().resolve("master.sock")).exists();
        assertThat(rig.master()).isEqualTo(master);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void aReloadThatSomebodyElseAskedForIsNoticed() throws Exception {
        assertThat(how(rig.apply(hosts(List.of(HOST, "foo.com"), one.port())))).isEqualTo(ApplyMethod.RUNTIME);
        ProcessHandle worker = worker();
        int before = rig.applyRequests.get();
        ProcessControl.signal("USR2", rig.master().pid());

        awaitRequest(before);
        await().until(() -> !worker.isAlive());
        rig.apply(hosts(List.of(HOST, "foo.com"), one.port()));

        assertThat(rig.get("foo.com", "/").status()).isEqualTo(200);
    }

    @Test
    void aDiskThatIsFullStopsNeitherServingNorChangesAtRunTime() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", small.toString());
        try (HaproxyFixture full =
                new HaproxyFixture(small, PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty())) {
            assertThat(how(full.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.START);
            String config = Files.readString(full.configFile());
            Path filler = small.resolve("filler");
            fill(filler);

            assertThat(how(full.apply(hosts(List.of(HOST, "foo.com"), one.port()))))
                    .isEqualTo(ApplyMethod.RUNTIME);
            assertThat(full.get("foo.com", "/").status()).isEqualTo(200);
            TopologySnapshot needsReload = oneHostWithOptions(HOST, List.of("http-no-delay"), one.port());
            assertThat(full.apply(needsReload))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("No space left on device"));
            assertThat(full.configFile()).hasContent(config);
            assertThat(full.get(HOST, "/").status()).isEqualTo(200);
            assertThat(full.get("foo.com", "/").status())
                    .as("its removal needs no reload")
                    .isEqualTo(503);

            Files.delete(filler);
            assertThat(how(full.apply(needsReload))).isEqualTo(ApplyMethod.RELOAD);
            assertThat(full.get(HOST, "/").status()).isEqualTo(200);
        } finally {
            run("umount", small.toString());
        }
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ", which only root can: " + output)
                .isZero();
    }

    /** Applies whenever this is requested, until it changes something: a request may also have another reason. */
    private Applied applyWhenAsked(int requests) throws Exception {
        int seen = requests;
        while (true) {
            awaitRequest(seen);
            seen = rig.applyRequests.get();
            if (rig.apply(oneHost(HOST, one.port())) instanceof Applied applied) {
                return applied;
            }
        }
    }

    private void awaitRequest(int before) {
        await().until(() -> rig.applyRequests.get() > before);
    }

    private ProcessHandle worker() throws Exception {
        return rig.master().children().findFirst().orElseThrow();
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
