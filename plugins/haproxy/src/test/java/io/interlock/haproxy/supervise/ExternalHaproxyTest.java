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
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.TestTemplates;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** HAProxy that another program starts, with its own process ids as in another container. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ExternalHaproxyTest {

    private static final String HOST = "www.example.com";
    private static final String COMMAND = "haproxy -W ";

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Process> haproxies = new ArrayList<>();
    private OriginServer one;
    private OriginServer two;

    ExternalHaproxyTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        one = opened(new OriginServer("one"));
        two = opened(new OriginServer("two"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        for (Process haproxy : haproxies) {
            stop(haproxy);
        }
    }

    @Test
    void whatItsOwnerHasToRunIsSaidAndServesWhatIsWanted() throws Exception {
        HaproxyFixture rig = rig(Optional.of(binary), Optional.empty());
        String command = command(rig.apply(oneHost(HOST, one.port())));
        int before = rig.applyRequests.get();

        start(command);

        assertThat(applyWhenAsked(rig, before, oneHost(HOST, one.port()))).isInstanceOf(Unchanged.class);
        assertThat(get(rig, HOST)).isEqualTo("one");
        assertThat(how(rig.apply(hosts(List.of(HOST, "foo.com"), one.port(), two.port()))))
                .isEqualTo(ApplyMethod.RUNTIME);
        assertThat(List.of(get(rig, "foo.com"), get(rig, "foo.com"))).contains("one", "two");
        assertThat(how(rig.apply(oneHostWithOptions(HOST, List.of("http-no-delay"), two.port()))))
                .isEqualTo(ApplyMethod.RELOAD);
        assertThat(get(rig, HOST)).isEqualTo("two");
    }

    @Test
    void withoutAnHaproxyHereTheOneThereFindsMistakes() throws Exception {
        Path template = Files.writeString(folder.resolve("own.mustache"), TestTemplates.builtIn());
        HaproxyFixture rig = rig(Optional.empty(), Optional.of(template), Optional.empty());
        start(command(rig.apply(oneHost(HOST, one.port()))));
        await().until(() -> rig.apply(oneHost(HOST, one.port())) instanceof Unchanged);

        Files.writeString(template, TestTemplates.builtIn() + "\nbackend again\n    nonsense\n");
        assertThat(rig.apply(oneHost(HOST, two.port()))).isInstanceOfAny(Failed.class, ApplyResult.Rejected.class);
        assertThat(get(rig, HOST)).isEqualTo("one");

        Files.writeString(template, TestTemplates.builtIn());
        assertThat(how(rig.apply(oneHost(HOST, two.port())))).isEqualTo(ApplyMethod.RELOAD);
        assertThat(get(rig, HOST)).isEqualTo("two");
    }

    @Test
    void oneThatItsOwnerRestartsHasWhatItWasToldAgain() throws Exception {
        HaproxyFixture rig = rig(Optional.of(binary), Optional.empty());
        String command = command(rig.apply(oneHost(HOST, one.port())));
        Process first = start(command);
        await().until(() -> rig.apply(oneHost(HOST, one.port())) instanceof Unchanged);
        rig.apply(hosts(List.of(HOST, "foo.com"), one.port()));
        stop(first);
        int before = rig.applyRequests.get();

        start(command);

        applyWhenAsked(rig, before, hosts(List.of(HOST, "foo.com"), one.port()));
        assertThat(get(rig, "foo.com")).isEqualTo("one");
    }

    @Test
    void theEndLeavesItServingAndTheNextControllerDoesNotReloadIt() throws Exception {
        HaproxyFixture rig = rig(Optional.of(binary), Optional.empty());
        start(command(rig.apply(oneHost(HOST, one.port()))));
        await().until(() -> rig.apply(oneHost(HOST, one.port())) instanceof Unchanged);
        assertThat(how(rig.apply(hosts(List.of(HOST, "foo.com"), one.port())))).isEqualTo(ApplyMethod.RUNTIME);

        rig.close();
        assertThat(get(rig, "foo.com")).isEqualTo("one");

        rig.loseController();
        assertThat(rig.apply(hosts(List.of(HOST, "foo.com"), one.port()))).isInstanceOf(Unchanged.class);
        assertThat(get(rig, "foo.com")).isEqualTo("one");
    }

    @Test
    void aGroupMayUseWhatIsShared() throws Exception {
        HaproxyFixture rig = rig(Optional.of(binary), Optional.of("12345"));
        String command = command(rig.apply(oneHost(HOST, one.port())));

        assertThat(command).contains("master.sock,mode,660");
        assertThat(Files.readString(shared().resolve("haproxy.cfg"))).contains("admin.sock mode 660 ");
        for (String name : List.of("haproxy.cfg", "hosts.map", "server-states")) {
            Path file = shared().resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(name)
                    .isEqualTo("rw-r-----");
            assertThat(Files.getAttribute(file, "unix:gid")).as(name).isEqualTo(12345);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared())))
                .isEqualTo("rwxrwx---");
    }

    /** Applies whenever an apply is requested, until it succeeds. */
    private static ApplyResult applyWhenAsked(HaproxyFixture rig, int requests, TopologySnapshot snapshot)
            throws Exception {
        int seen = requests;
        ApplyResult result;
        do {
            int before = seen;
            await().atMost(Duration.ofMinutes(1)).until(() -> rig.applyRequests.get() > before);
            seen = rig.applyRequests.get();
            result = rig.apply(snapshot);
        } while (result instanceof Failed);
        return result;
    }

    private HaproxyFixture rig(Optional<Path> checker, Optional<String> group) throws Exception {
        return rig(checker, Optional.empty(), group);
    }

    private HaproxyFixture rig(Optional<Path> checker, Optional<Path> template, Optional<String> group)
            throws Exception {
        Map<String, String> section = new HashMap<>(Map.of("mode", "external", "shared_dir", shared().toString()));
        checker.ifPresent(path -> section.put("binary", path.toString()));
        template.ifPresent(path -> section.put("template_path", path.toString()));
        group.ifPresent(name -> section.put("shared_group", name));
        HaproxyConfig config = HaproxyFixture.config(section);
        return opened(new HaproxyFixture(folder, PortAllocator.next(), config, Optional.empty()));
    }

    private Path shared() {
        return folder.resolve("shared");
    }

    /** The command that Interlock tells the operator to run. */
    private static String command(ApplyResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        String reason = ((Failed) result).reason();
        assertThat(reason).contains("no HAProxy answers", COMMAND);
        return reason.substring(reason.indexOf(COMMAND) + COMMAND.length());
    }

    private Process start(String arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", binary.toString(), "-W"));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("external.log").toFile())
                .start();
        haproxies.add(process);
        return process;
    }

    private static void stop(Process haproxy) throws InterruptedException {
        haproxy.descendants().forEach(ProcessHandle::destroyForcibly);
        haproxy.destroyForcibly();
        haproxy.waitFor();
    }

    private static String get(HaproxyFixture rig, String host) throws IOException {
        HttpConnection.Response response = rig.get(host, "/");
        return response.status() == 200 ? response.body().split(" ")[0] : Integer.toString(response.status());
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
