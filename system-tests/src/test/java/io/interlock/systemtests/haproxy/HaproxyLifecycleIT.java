package io.interlock.systemtests.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that HAProxy is started, watched, restarted after failures and ended, and that its state is reported. */
@Tag("engine")
class HaproxyLifecycleIT {

    /** Creates a file in the container when it begins, and answers when it is asked to. */
    private static final String PAGE_THAT_WAITS = """
            cat >/www/cgi-bin/waits <<'CGI'
            #!/bin/sh
            touch /tmp/began
            until test -e /tmp/go; do sleep 0.05; done
            printf 'Content-Type: text/plain\\r\\n\\r\\ndone\\n'
            CGI
            chmod +x /www/cgi-bin/waits
            """;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void theMonitorPageSaysThatTheProxyIsUp() throws IOException {
        try (InterlockProcess interlock = InterlockProcess.start(settings()).awaitReady()) {
            assertThat(interlock.get(host, "/haproxy?monitor").status()).isEqualTo(200);
        }
    }

    @Test
    void theStatisticsAreForThoseWhoKnowThePassword() throws IOException {
        ConfigFileBuilder settings =
                settings().with(file -> file.put("stats_user", "ops").put("stats_password", "let me in: 'now' \"#1\""));
        // No backend that is declared in advance has this option, so the container has a backend with its own name.
        SampleContainer container = engine.sample()
                .hostname(host)
                .data("{\"backend_options\": [\"http-no-delay\"]}")
                .start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);

            assertThat(interlock.get(host, "/haproxy?stats").status()).isEqualTo(401);
            assertThat(interlock
                            .get(host, "/haproxy?stats", basic("ops", "wrong"))
                            .status())
                    .isEqualTo(401);
            String page = interlock
                    .get(host, "/haproxy?stats", basic("ops", "let me in: 'now' \"#1\""))
                    .body();
            assertThat(page).contains(host.replace('.', '_')).contains(container.name());
        }
    }

    @Test
    void withoutAPasswordNobodySeesTheStatisticsAndTheLogSaysHowToGetThem() throws IOException {
        try (InterlockProcess interlock = InterlockProcess.start(settings()).awaitReady()) {
            assertThat(interlock.get(host, "/haproxy?stats").status()).isEqualTo(503);
            interlock.awaitLogged("stats_user");
        }
    }

    @Test
    void aPasswordStandsInNoLogAndNoWorldReadableFileAndNoArgument() throws IOException {
        ConfigFileBuilder settings =
                settings().with(file -> file.put("stats_user", "ops").put("stats_password", "secret-of-a-test"));

        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitReady()) {
            assertThat(interlock.log()).doesNotContain("secret-of-a-test");
            assertThat(SystemProcesses.mentioning("secret-of-a-test")).isEmpty();
            String permissions = SystemProcesses.run(
                    "stat", "-c", "%A", interlock.settings().proxyConfig().toString());
            assertThat(permissions.strip()).endsWith("---");
            Path data = interlock.settings().folder().resolve("data");
            assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(filesWith("secret-of-a-test", interlock.settings()))
                    .as("the proxy's configuration at least")
                    .isNotEmpty()
                    .allSatisfy((file, mode) -> assertThat(mode).isEqualTo("rw-------"));
        }
    }

    /**
     * The files that contain this text, with their permissions, apart from the operator's configuration file, whose permissions the operator
     * sets.
     */
    private static Map<Path, String> filesWith(String text, ConfigFileBuilder settings) throws IOException {
        Map<Path, String> found = new HashMap<>();
        for (Path file : FileTrees.all(settings.folder())) {
            try {
                if (Files.isRegularFile(file)
                        && !file.endsWith("interlock.json")
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.put(file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                }
            } catch (NoSuchFileException renamed) {
                // The file was written beside its place: it is in place now, or at the next call.
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void aProxyThatIsKilledComesBack(String which) throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings())) {
            interlock.awaitServedBy(container, host);
            ProcessHandle victim = interlock.proxyProcess(which.equals("master"));

            victim.destroyForcibly();

            interlock.awaitThat("it has ended", () -> !victim.isAlive());
            interlock.awaitServedBy(container, host);
            String later = UniqueHostNames.newHost();
            interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
            interlock.awaitThat(
                    "one master and one worker run",
                    () -> interlock.proxyProcesses().size() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void askedToEndInterlockLeavesNothingAndExitsWithZero(String signal) throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings())) {
            interlock.awaitServedBy(container, host);
            assertThat(interlock.settings().proxyPid()).exists();

            SystemProcesses.run("kill", "-" + signal, Long.toString(interlock.pid()));

            assertThat(interlock.awaitExit()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
            assertThat(interlock.settings().proxyPid()).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aRequestInFlightIsFinishedBeforeTheEnd(String signal) throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings());
                ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            interlock.awaitServedBy(container, host);
            container.run(PAGE_THAT_WAITS);
            Future<HttpConnection.Response> inFlight = client.submit(() -> interlock.get(host, "/cgi-bin/waits"));
            container.run("until test -e /tmp/began; do sleep 0.05; done");

            SystemProcesses.run("kill", "-" + signal, Long.toString(interlock.pid()));
            interlock.awaitThat("nobody else is let in", () -> PortAllocator.isFree(interlock.port()));
            container.run("touch /tmp/go");

            assertThat(inFlight.get().body()).isEqualTo("done\n");
            assertThat(interlock.awaitExit()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
        }
    }

    @Test
    void aRequestThatDoesNotFinishDelaysTheEndForALimitedTimeOnly() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        ConfigFileBuilder settings = settings()
                .with(file -> file.put("server_timeout", 600_000)
                        .putObject("plugins")
                        .putObject("haproxy")
                        .put("stop_timeout", 500));

        try (InterlockProcess interlock = InterlockProcess.start(settings);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            interlock.awaitServedBy(container, host);
            container.run(PAGE_THAT_WAITS);
            Future<HttpConnection.Response> inFlight = clients.submit(() -> interlock.get(host, "/cgi-bin/waits"));
            container.run("until test -e /tmp/began; do sleep 0.05; done");

            assertThat(interlock.stop()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
            assertThatThrownBy(inFlight::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndUsedOnceItIsFree() throws IOException {
        ConfigFileBuilder settings = settings();
        SampleContainer container = engine.sample().hostname(host).start();

        try (ServerSocket squatter = new ServerSocket()) {
            squatter.bind(new InetSocketAddress(settings.port()));
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitLogged("port " + settings.port());

                letGo(squatter);

                interlock.awaitServedBy(container, host);
            }
        }
    }

    @Test
    void theProxysFileStaysValidAndEndsUpComplete() throws IOException {
        List<SampleContainer> containers = Stream.of("a.", "b.", "c.")
                .map(prefix -> engine.sample().hostname(prefix + host).start())
                .toList();

        try (InterlockProcess interlock = InterlockProcess.start(settings())) {
            interlock.awaitServedBy(containers.get(0), "a." + host);
            interlock.awaitServedBy(containers.get(2), "c." + host);
            assertValid(interlock.settings());

            String unused = interlock.awaitProxyConfig(
                    containers.get(0).name(),
                    containers.get(1).name(),
                    containers.get(2).name());
            assertValid(interlock.settings());
        }
    }

    /** HAProxy 3.4 warns if root starts it and it keeps its rights; that depends on the user who runs the tests. */
    private static void assertValid(ConfigFileBuilder settings) throws IOException {
        String said = SystemProcesses.run(
                "haproxy", "-c", "-f", settings.proxyConfig().toString());
        assertThat(said.lines())
                .filteredOn(line -> !line.contains("chroot"))
                .noneMatch(line -> line.contains("[ALERT]") || line.contains("[WARNING]"));
    }

    private ConfigFileBuilder settings() throws IOException {
        return ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
    }

    private static void letGo(ServerSocket squatter) throws IOException {
        squatter.close();
    }

    private static String basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
