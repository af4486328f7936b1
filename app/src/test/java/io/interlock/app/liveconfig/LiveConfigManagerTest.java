package io.interlock.app.liveconfig;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.Problem;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.app.liveconfig.ReloadResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LiveConfigManagerTest {

    private static final String SECRET = "s3cret-word";

    @TempDir
    private Path folder;

    private final RecordingApplier applier = new RecordingApplier();
    private volatile List<Problem> problems = List.of();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private Optional<LiveConfigManager> manager = Optional.empty();

    /** Records what it applies, and answers as the test says. */
    private static final class RecordingApplier implements ConfigApplier {

        private final List<ConfigResult.Valid> applied = new CopyOnWriteArrayList<>();
        private volatile List<ConfigProblem> problems = List.of();
        private volatile Map<String, Optional<String>> offers = Map.of();
        private volatile Map<String, String> failures = Map.of();

        @Override
        public List<ConfigProblem> check(ConfigResult.Valid next) {
            return problems;
        }

        @Override
        public Map<String, Optional<String>> offer(ConfigResult.Valid next) {
            return offers;
        }

        @Override
        public Map<String, String> apply(
                ConfigResult.Valid before, ConfigResult.Valid next, Map<String, Optional<String>> answers) {
            applied.add(next);
            return failures;
        }

        @Override
        public Set<Path> files() {
            return Set.of();
        }

        private int port() {
            return applied.getLast().config().proxy().port();
        }
    }

    @Test
    void aChangedFileIsAppliedAndTold() throws IOException {
        watch("{\"port\": 80}");

        write("{\"port\": 81}");

        await().untilAsserted(() -> assertThat(applier.applied).hasSize(1));
        assertThat(applier.port()).isEqualTo(81);
        await().untilAsserted(() -> assertThat(events).containsExactly("applied: $.port: 80 became 81"));
        assertThat(problems).isEmpty();
    }

    @Test
    void aFileThatIsReplacedOrWrittenInPlaceIsRead() throws IOException {
        watch("{\"port\": 80}");

        write("{\"port\": 81}");
        await().untilAsserted(() -> assertThat(applier.applied).hasSize(1));
        Files.writeString(file(), "{\"port\": 82}");
        await().untilAsserted(() -> assertThat(applier.applied).hasSize(2));
        assertThat(applier.port()).isEqualTo(82);
    }

    @Test
    void aFileWithASecretIsReadAgainWhenItChangesAndTheSecretIsNotTold() throws IOException {
        Files.writeString(folder.resolve("secret"), "before");
        watch("{\"stats_user\": \"u\", \"stats_password_file\": \"secret\"}");

        replace(folder.resolve("secret"), SECRET + "\n");
        await().untilAsserted(() -> assertThat(applier.applied).hasSize(1));
        assertThat(applier.applied
                        .getLast()
                        .config()
                        .proxy()
                        .statsCredentials()
                        .orElseThrow()
                        .password()
                        .reveal())
                .isEqualTo(SECRET);
        await().untilAsserted(() -> assertThat(events).hasSize(1));
        assertThat(events.getFirst()).contains("$.stats_password: changed").doesNotContain(SECRET, "before");
    }

    @Test
    void aBadFileChangesNothingAndIsAProblemUntilItIsMended() throws IOException {
        watch("{\"port\": 80}");

        write("{\"port\": 800000}");
        await().untilAsserted(() -> assertThat(problems).hasSize(1));
        assertThat(problems.getFirst().reason()).contains("$.port: expected a whole number from 1 to 65535");
        assertThat(problems.getFirst().effect()).contains("stays in use");
        write("{\"port\": ");
        await().untilAsserted(() -> assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).doesNotContain("65535")));
        Files.delete(file());
        await().untilAsserted(() -> assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("no such file")));
        assertThat(applier.applied).isEmpty();

        write("{\"port\": 80}");
        await().untilAsserted(() -> assertThat(problems).isEmpty());
        assertThat(applier.applied).isEmpty();
        write("{\"port\": 81}");
        await().untilAsserted(() -> assertThat(applier.applied).hasSize(1));
    }

    @Test
    void aProblemThatOnlyThePartsFindChangesNothingEither() throws Exception {
        LiveConfigManager reading = start("{}");
        applier.problems =
                List.of(new ConfigProblem(new ConfigLocation.Unwritten("$.plugins.x"), "a good one", "another"));
        Files.writeString(file(), "{\"plugins\": {\"x\": {\"a\": 1}}}");

        ReloadResult result = reading.reload();

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.problems()).singleElement().asString().contains("$.plugins.x", "a good one");
        assertThat(applier.applied).isEmpty();
    }

    @Test
    void keysThatOnlyAStartChangesKeepTheirValuesAndAreToldWhileTheRestIsApplied() throws Exception {
        LiveConfigManager reading = start("{\"data_dir\": \"one\", \"port\": 80}");
        Files.writeString(
                file(), "{\"data_dir\": \"two\", \"port\": 81, \"proxy_config_path\": \"" + folder + "/p.conf\"}");

        ReloadResult result = reading.reload();

        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(result.changes()).containsExactly("$.port: 80 became 81");
        assertThat(result.nextStart())
                .containsExactly(
                        "$.data_dir: \"one\" became \"two\"", "$.proxy_config_path: now \"" + folder + "/p.conf\"");
        assertThat(applier.applied.getLast().config().dataDir()).isEqualTo(folder.resolve("one"));
        assertThat(applier.applied.getLast().config().proxy().configPath()).isEqualTo(folder.resolve("one/proxy.conf"));
        assertThat(problems)
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.effect()).isEqualTo("takes effect at the next start"));

        assertThat(reading.reload().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(problems).hasSize(2);
        Files.writeString(file(), "{\"data_dir\": \"one\", \"port\": 81}");
        assertThat(reading.reload().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(problems).isEmpty();
    }

    @Test
    void whatAPluginRefusesIsToldAndTheRestIsApplied() throws Exception {
        LiveConfigManager reading = start("{\"port\": 80}");
        applier.offers = Map.of("x", Optional.of("not while I run"), "y", Optional.empty());
        Files.writeString(file(), "{\"port\": 81, \"plugins\": {\"x\": {\"a\": 1}}}");

        ReloadResult result = reading.reload();

        assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(result.nextStart()).containsExactly("$.plugins.x: plugin x refuses: not while I run");
        assertThat(applier.applied).hasSize(1);
        assertThat(problems).hasSize(1);
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() throws Exception {
        LiveConfigManager reading = start("{\"port\": 80}");
        Files.writeString(file(), "{\"port\": 81}");

        ReloadResult dry = reading.dryRun(Optional.empty());
        assertThat(dry.outcome()).isEqualTo(Outcome.DRY_RUN);
        assertThat(dry.changes()).containsExactly("$.port: 80 became 81");
        Files.writeString(file(), "{\"port\": -1}");
        assertThat(reading.dryRun(Optional.empty()).outcome()).isEqualTo(Outcome.REFUSED);
        Path other = Files.writeString(folder.resolve("other.json"), "{\"port\": 82}");
        assertThat(reading.dryRun(Optional.of(other)).changes()).containsExactly("$.port: 80 became 82");

        assertThat(applier.applied).isEmpty();
        assertThat(problems).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void aRequestReadsAtOnceAndAFailureOfAPartIsTold() throws IOException {
        LiveConfigManager reading = start("{\"port\": 80}");
        reading.start();
        applier.failures = Map.of("x", "its port is taken");

        write("{\"port\": 81}");
        reading.request();
        // The change may be found before the request comes, which then has a result of its own.
        await().untilAsserted(() -> assertThat(events).contains("partly applied: plugin x: its port is taken"));
    }

    private LiveConfigManager start(String json) throws IOException {
        Files.writeString(file(), json);
        ConfigReader reader = new ConfigReader(
                new ProcessEnvironment(Map.of("HOME", folder.toString()), folder, Optional.empty(), false));
        ConfigSource source = reader.source(Optional.of(file()), CommandLineOverrides.NONE);
        ConfigResult.Valid running = (ConfigResult.Valid) reader.read(Optional.of(file()), CommandLineOverrides.NONE);
        LiveConfigManager started = new LiveConfigManager(source, running, applier, (present, text) -> {
            problems = present;
            if (!text.isEmpty()) {
                events.add(text);
            }
        });
        manager = Optional.of(started);
        return started;
    }

    private void watch(String json) throws IOException {
        start(json).start();
    }

    private void write(String json) throws IOException {
        replace(file(), json);
    }

    /** Replaces a file in one step: half a file would be a change of its own. */
    private void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file() {
        return folder.resolve("controller.json");
    }

    @AfterEach
    void close() {
        manager.ifPresent(LiveConfigManager::close);
    }
}
