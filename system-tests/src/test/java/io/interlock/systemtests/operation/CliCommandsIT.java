package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.systemtests.support.TestPreconditions;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockCommandRunner.Result;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.FileTrees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the questions that people ask a running Interlock from the command line, and their answers. */
@Timeout(120)
@Tag("engine")
class CliCommandsIT {

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine(
            settings -> settings.engine("away", "tcp://127.0.0.1:" + PortAllocator.next()));

    private final LocalEngine engine = running.engine();
    private final InterlockProcess interlock = running.process();
    private final InterlockCommandRunner commands = new InterlockCommandRunner(interlock.settings());
    private final String host = UniqueHostNames.newHost();

    @Test
    void aServedHostIsExplainedFromListenerToServer() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        Result told = commands.run("explain", "http://" + host + "/some/path");

        assertThat(told.out())
                .startsWith("SERVED: ")
                .contains("port " + interlock.port() + " of haproxy")
                .contains(container.name())
                .contains("on engine local");
        assertThat(told.exitCode()).as(told.err()).isZero();
    }

    @Test
    void anUnknownHostIsToldWithTheNameThatWasMeant() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        Result told = commands.run("explain", "x" + host);

        assertThat(told.out()).startsWith("UNKNOWN: ").contains("Did you mean " + host + "?");
        assertThat(told.exitCode()).isEqualTo(5);
    }

    @Test
    void everyContainerThatIsLeftOutIsToldWhyAndWhatToChange() throws Exception {
        SampleContainer noPort = engine.sample()
                .named(LocalEngine.uniqueName("noport"))
                .hostname(host)
                .data("{\"port\": 0}")
                .start();
        SampleContainer noJson = engine.sample()
                .named(LocalEngine.uniqueName("nojson"))
                .hostname(UniqueHostNames.newHost())
                .data("{oops")
                .start();
        SampleContainer deaf = engine.sample()
                .named(LocalEngine.uniqueName("deaf"))
                .hostname(UniqueHostNames.newHost())
                .data("{\"port\": 9999}")
                .start();
        SampleContainer paused = engine.sample()
                .named(LocalEngine.uniqueName("paused"))
                .hostname(UniqueHostNames.newHost())
                .start();
        paused.pause();
        interlock.awaitLogged(paused.name(), "paused");
        interlock.awaitLogged(noPort.name(), "port");
        interlock.awaitLogged(noJson.name(), "INTERLOCK_DATA");

        try {
            awaitReason(noPort.name(), "error", "INTERLOCK_DATA.port");
            awaitReason(noJson.name(), "error", "INTERLOCK_DATA");
            awaitReason(deaf.name(), "waiting", "port");
            awaitReason(paused.name(), "waiting", "state");
            Result ofHost = commands.run("explain", host);
            assertThat(ofHost.out())
                    .startsWith("NOT SERVED: ")
                    .contains(noPort.name())
                    .contains("->");
        } finally {
            paused.unpause();
        }
    }

    /** Waits for the reason: that a container does not listen is known later than that it runs. */
    private void awaitReason(String container, String severity, String field) {
        await().atMost(InterlockProcess.PATIENCE).untilAsserted(() -> assertReason(container, severity, field));
    }

    private void assertReason(String container, String severity, String field) throws Exception {
        Result told = commands.run("explain", container, "--json");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(5);
        JsonNode answer = told.json();
        assertThat(answer.path("verdict").asText()).isEqualTo("not_served");
        Optional<JsonNode> problem = answer.path("problems")
                .valueStream()
                .filter(candidate -> candidate.path("subject").asText().equals(container))
                .findFirst();
        assertThat(problem).as(told.out()).hasValueSatisfying(found -> {
            assertThat(found.path("severity").asText()).isEqualTo(severity);
            assertThat(found.path("field").asText()).isEqualTo(field);
            assertThat(found.path("advice").asText()).isNotEmpty();
        });
    }

    @Test
    void theStatusShowsTheEngineThatIsAway() throws Exception {
        Result told = commands.run("status", "--json");
        JsonNode status = told.json();
        assertThat(status.path("ready").asBoolean()).isTrue();
        assertThat(status.path("engines").path(0).path("id").asText()).isEqualTo("away");
        assertThat(status.path("engines").path(0).path("state").asText()).isEqualTo("unknown");
        assertThat(status.path("engines").path(1).path("state").asText()).isEqualTo("connected");
        assertThat(commands.run("status").out()).contains("ERROR   engine away");
        assertThat(commands.run("plugins").out()).contains("haproxy").contains("running");
    }

    @Test
    void eventsTellOfAContainerAsSoonAsItIsServed() throws Exception {
        Process following = commands.start("events", "--follow", "--json");
        try (BufferedReader lines = following.inputReader(StandardCharsets.UTF_8)) {
            SampleContainer container = engine.sample().hostname(host).start();
            String line = lines.readLine();
            while (line != null && !(line.contains("server_added") && line.contains(container.id()))) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull().contains(host);
        } finally {
            following.destroy();
        }
    }

    @Test
    void topShowsTheRateOfTheRequestsThatAreSent() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);
        try (HttpLoadClient load = HttpLoadClient.onFreshConnections(1, interlock.port(), host)) {
            interlock.awaitThat(
                    "a rate is shown",
                    () -> top().lines()
                            .anyMatch(line -> line.matches(
                                    ".*" + Pattern.quote(host) + " +\\S+ +[1-9]\\d*\\.\\d +0\\.0 +0\\.0 .* up")));
            assertThat(load.stop().sent()).isPositive();
        }
        assertThat(top()).doesNotContain("\u001b");
    }

    private String top() throws IOException {
        try {
            return commands.run("top", "--count", "1", "--interval", "1").out();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.toString());
        }
    }

    @Test
    void fishCompletesCommandsOptionsAndWords() throws Exception {
        TestPreconditions.abortIfPresent(
                hasFish() ? Optional.empty() : Optional.of("there is no fish"), "completion in fish");
        Path script = Files.writeString(
                interlock.settings().folder().resolve("completion.fish"),
                commands.run("completion", "fish").out());
        Process fish = new ProcessBuilder(
                        "fish",
                        "-c",
                        "source " + script + "; complete -C 'interlock relo'; complete -C 'interlock events --f';"
                                + " complete -C 'interlock log-level d'")
                .start();

        assertThat(new String(fish.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("reload\tHas a running", "--follow\tContinues", "debug");
    }

    private static boolean hasFish() {
        return Stream.of("/usr/bin/fish", "/bin/fish").map(Path::of).anyMatch(Files::isExecutable);
    }

    @Test
    void routesAndFilesAreTheSameWithAndWithoutARunningInterlock() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        assertThat(commands.run("routes").out()).contains(host).contains(container.name());
        Result rendered = commands.run("render", "--json");
        assertThat(rendered.out()).contains(interlock.settings().proxyConfig().toString());

        ConfigFileBuilder other =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        try {
            InterlockCommandRunner alone = new InterlockCommandRunner(other);
            assertThat(alone.run("routes").out()).contains(host).contains(container.name());
            Result once = alone.run("explain", host);
            assertThat(once.exitCode()).as(once.err()).isZero();
            assertThat(once.err()).contains("no Interlock runs with this configuration");
            assertThat(alone.run("render").out())
                    .contains("which is not there yet")
                    .contains(host);
            assertThat(other.proxyConfig()).doesNotExist();
            assertThat(alone.run("status").exitCode()).isEqualTo(4);
        } finally {
            FileTrees.remove(other.folder());
        }
    }

    @Test
    void onlyTheUserWhoRunsItMayAsk() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        interlock.settings().folder().resolve("data").resolve("control.sock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theLogLevelChangesAtRunTime() throws Exception {
        assertThat(commands.run("log-level", "debug").exitCode()).isZero();
        interlock.awaitLogged("the log level is debug from now on");
        assertThat(commands.run("log-level", "info").exitCode()).isZero();
        assertThat(commands.run("log-level", "loud").exitCode()).isEqualTo(1);
    }
}
