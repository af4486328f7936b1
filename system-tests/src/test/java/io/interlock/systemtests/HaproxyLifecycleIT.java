package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.Engine;
import io.interlock.systemtests.support.InterlockProcess;
import io.interlock.systemtests.support.Names;
import io.interlock.systemtests.support.Processes;
import io.interlock.systemtests.support.SampleContainer;
import io.interlock.systemtests.support.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HAProxy is started, watched, mended and ended; it tells how it is. */
class HaproxyLifecycleIT {

    private final Engine engine = Engine.connect();
    private final String host = Names.newHost();

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
        Settings settings =
                settings().with(file -> file.put("stats_user", "ops").put("stats_password", "let me in: 'now' \"#1\""));
        SampleContainer container = engine.sample().hostname(host).start();

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
        Settings settings =
                settings().with(file -> file.put("stats_user", "ops").put("stats_password", "secret-of-a-test"));

        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitReady()) {
            assertThat(interlock.log()).doesNotContain("secret-of-a-test");
            assertThat(Processes.mentioning("secret-of-a-test")).isEmpty();
            String permissions = Processes.run(
                    "stat", "-c", "%A", interlock.settings().proxyConfig().toString());
            assertThat(permissions.strip()).endsWith("---");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void aProxyThatIsKilledComesBack(String which) throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings())) {
            interlock.awaitServedBy(container, host);
            ProcessHandle victim = proxyProcess(interlock, which.equals("master"));

            victim.destroyForcibly();

            interlock.awaitThat("it has ended", () -> !victim.isAlive());
            interlock.awaitServedBy(container, host);
            String later = Names.newHost();
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

            Processes.run("kill", "-" + signal, Long.toString(interlock.pid()));

            assertThat(interlock.awaitExit()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
            assertThat(interlock.settings().proxyPid()).doesNotExist();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndUsedOnceItIsFree() throws IOException {
        Settings settings = settings();
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

            String file = interlock.settings().proxyConfig().toString();
            assertThat(Processes.run("haproxy", "-c", "-f", file)).doesNotContain("[ALERT]", "[WARNING]");
            assertThat(Files.readString(interlock.settings().proxyConfig()))
                    .contains(
                            containers.get(0).name(),
                            containers.get(1).name(),
                            containers.get(2).name());
        }
    }

    private Settings settings() throws IOException {
        return Settings.inNewFolder().engine("local", engine.address().toString());
    }

    private static ProcessHandle proxyProcess(InterlockProcess interlock, boolean master) {
        List<ProcessHandle> processes = interlock.proxyProcesses();
        return processes.stream()
                .filter(process -> process.parent().filter(processes::contains).isPresent() != master)
                .findFirst()
                .orElseThrow();
    }

    private static void letGo(ServerSocket squatter) throws IOException {
        squatter.close();
    }

    private static String basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
