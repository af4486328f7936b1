package io.interlock.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class CommandLineInterfaceTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final Recorded application = new Recorded();
    private String file = "";

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(folder.resolve("controller.conf"), "{\"port\": 81}")
                .toString();
    }

    @Test
    void withoutArgumentsItRunsWithDefaults() {
        assertThat(run()).isEqualTo(7);

        assertThat(application.ran).extracting(config -> config.proxy().port()).containsExactly(8080);
    }

    @Test
    void everySpellingOfTheFileOptionIsUnderstood() {
        for (List<String> spelling : List.of(
                List.of("-config", file),
                List.of("--config", file),
                List.of("-c", file),
                List.of("-config=" + file),
                List.of("--config=" + file))) {
            assertThat(run(spelling.toArray(String[]::new))).isEqualTo(7);
        }

        assertThat(application.ran).hasSize(5).allMatch(config -> config.proxy().port() == 81);
    }

    @Test
    void theEnvironmentNamesTheFileUnlessAnOptionDoes() throws IOException {
        Path other = Files.writeString(folder.resolve("other.conf"), "{\"port\": 82}");
        environment.put("INTERLOCK_CONFIG", other.toString());
        run();
        run("-config", file);
        environment.put("INTERLOCK_CONFIG", "");
        run();

        assertThat(application.ran).extracting(config -> config.proxy().port()).containsExactly(82, 81, 8080);
    }

    @Test
    void theOptionsOfTheFirstVersionWinOverTheFile() {
        Path proxyConf = folder.resolve("proxy.conf");
        run("-config", file, "-proxy-port", "9000", "-proxy-conf-path", proxyConf.toString(), "-syslog", "/dev/log");
        run("--config", file, "--proxy-port=9000", "--proxy-conf-path=" + proxyConf, "--syslog=/dev/log");

        assertThat(application.ran).hasSize(2).allSatisfy(config -> {
            assertThat(config.proxy().port()).isEqualTo(9000);
            assertThat(config.proxy().configPath()).isEqualTo(proxyConf);
            assertThat(config.proxy().syslogAddress()).contains("/dev/log");
        });
    }

    @Test
    void aWrongFileIsToldAndNothingIsStarted() throws IOException {
        Files.writeString(folder.resolve("controller.conf"), "{\"prot\": 81,\n\"max_conn\": 0}");

        assertThat(run("-config", file)).isEqualTo(ExitCodes.INVALID);

        assertThat(application.made).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":1:2: $.prot: expected a key that Interlock knows, found \"prot\"; did you mean"
                                + " \"port\"?",
                        file + ":2:13: $.max_conn: expected a whole number of connections from 1 to 1000000, found 0",
                        "2 problems, nothing was started.");
    }

    @Test
    void whatPluginsRefuseIsToldLikewise() {
        ConfigResult.Valid none = (ConfigResult.Valid) new ConfigReader(ProcessEnvironment.ofThisProcess(Map.of()))
                .read(Optional.empty(), CommandLineOverrides.NONE);
        application.problems = List.of(new ConfigProblem(none.locations().of("$.plugins.x"), "this", "that"));

        assertThat(run()).isEqualTo(ExitCodes.INVALID);
        assertThat(run("check", file)).isEqualTo(ExitCodes.INVALID);

        String told = "$.plugins.x (no configuration file): expected this, found that";
        assertThat(err.toString().lines()).filteredOn(told::equals).hasSize(2);
    }

    @Test
    void checkSaysWhatWouldBeDoneAndStartsNothing() {
        assertThat(run("check", "-config", file)).isZero();
        assertThat(run("check", file)).isZero();
        assertThat(run("-config", file, "check")).isZero();

        assertThat(application.ran).isEmpty();
        assertThat(application.checked)
                .hasSize(3)
                .allMatch(config -> config.proxy().port() == 81);
        assertThat(out.toString())
                .contains("The configuration is valid.")
                .contains("engine local (unix:///var/run/docker.sock) and serve HTTP on port 81.");
    }

    @Test
    void checkTellsWhatKeepsNothingFromStarting() {
        application.warnings = List.of("plugin x: has a section, but no jar");

        assertThat(run("check", file)).isZero();

        assertThat(err.toString().lines()).containsExactly("warning: plugin x: has a section, but no jar");
        assertThat(out.toString()).contains("The configuration is valid.");
    }

    @Test
    void checkRefusesAWrongFile() {
        assertThat(run("check", folder.resolve("missing").toString())).isEqualTo(ExitCodes.INVALID);

        assertThat(err.toString()).contains("missing: expected a configuration file, found no such file");
    }

    @Test
    void helpAndVersionAreShownWithoutAnythingElse() {
        environment.put("INTERLOCK_CONFIG", "/no/such/file");
        for (String option : List.of("-h", "--help", "-help")) {
            assertThat(run(option)).isZero();
        }
        assertThat(run("check", "--help")).isZero();
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).contains("-config", "-proxy-port", "-proxy-conf-path", "-syslog", "check", "test 1");
        assertThat(err.toString()).isEmpty();
        assertThat(application.made).isZero();
    }

    @ParameterizedTest
    @CsvSource({"bash,complete -F", "zsh,bashcompinit", "fish,complete -c interlock"})
    void completionPrintsAScriptForEachShell(String shell, String expected) {
        assertThat(run("completion", shell)).isZero();

        assertThat(out.toString()).contains(expected, "explain", "log-level", "proxy-port");
    }

    @Test
    void completionForFishKnowsSubcommandsOptionsAndFixedWords() {
        assertThat(run("completion", "fish")).isZero();

        assertThat(out.toString())
                .contains("complete -c interlock -n __fish_use_subcommand -a status -d 'Shows")
                .contains("complete -c interlock -n '__fish_seen_subcommand_from events' -l follow -s f -d 'Continues")
                .contains("complete -c interlock -n '__fish_seen_subcommand_from log-level' -a 'error warn info")
                .contains("-o config -l config -s c -r -F -d");
        assertThat(out.toString().lines().filter(line -> !line.isEmpty()))
                .allMatch(line -> line.startsWith("complete -c interlock "))
                .allMatch(line -> line.replace("\\'", "")
                                        .chars()
                                        .filter(letter -> letter == '\'')
                                        .count()
                                % 2
                        == 0);
    }

    @Test
    void certificatesCheckTakesAName() {
        assertThat(run("certificates", "check", "www.example.com", "--at", "127.0.0.1:" + PortAllocator.next()))
                .isEqualTo(ExitCodes.NOT_SERVED);
        assertThat(err.toString()).doesNotContain("Unmatched");
    }

    @Test
    void pluginsNewWritesAProjectWhateverTheConfigurationIs(@TempDir Path folder) {
        environment.put("INTERLOCK_CONFIG", "/no/such/file");
        String project = folder.resolve("mine").toString();

        assertThat(run("plugins", "new", "mine", "--kind", "stats-sink", "--directory", project))
                .isZero();
        assertThat(folder.resolve("mine/pom.xml")).exists();
        assertThat(run("plugins", "new", "mine", "--kind", "stats-sink", "--directory", project))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(run("plugins", "new")).isEqualTo(ExitCodes.INVALID);
        assertThat(run("plugins", "new", "a", "b")).isEqualTo(ExitCodes.INVALID);
        assertThat(run("plugins", "old", "mine")).isEqualTo(ExitCodes.INVALID);
        assertThat(run("plugins", "new", "mine")).isEqualTo(ExitCodes.INVALID);
        assertThat(application.made).isZero();
    }

    @Test
    void schemaPrintsThePublishedSchemas() throws IOException {
        environment.put("INTERLOCK_CONFIG", "/no/such/file");
        assertThat(run("schema", "config")).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(Path.of("..", "docs", "controller.schema.json")));

        out.getBuffer().setLength(0);
        assertThat(run("schema", "container")).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(Path.of("..", "docs", "interlock-data.schema.json")));

        out.getBuffer().setLength(0);
        assertThat(run("schema", "service")).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(Path.of("..", "docs", "service.schema.json")));
        assertThat(application.made).isZero();
    }

    @Test
    void whatIsNotUnderstoodIsToldAndNothingIsStarted() {
        for (List<String> arguments : List.of(
                List.of("-confg", file),
                List.of("-config"),
                List.of("chekc"),
                List.of("schema"),
                List.of("completion", "tcsh"),
                List.of("status", "--output", "xml"),
                List.of("top", "--rows", "0"),
                List.of("top", "--interval", "x"),
                List.of("schema", "configuration"),
                List.of("-config", file, "-config", file),
                List.of("check", file, "-config", file),
                List.of("check", file, file),
                List.of("-config", "nul\u0000"))) {
            err.getBuffer().setLength(0);

            assertThat(run(arguments.toArray(String[]::new)))
                    .as("%s", arguments)
                    .isEqualTo(ExitCodes.INVALID);
            assertThat(err.toString()).startsWith("interlock: ").contains("Try: interlock --help");
        }
        assertThat(application.made).isZero();
    }

    private int run(String... arguments) {
        CommandLineInterface cli = new CommandLineInterface(
                environment, new PrintWriter(out), new PrintWriter(err), () -> application.make());
        return cli.run("test 1", arguments);
    }

    /** Remembers what it was asked for. */
    private static final class Recorded implements InterlockApplication {

        private final List<InterlockConfig> checked = new ArrayList<>();
        private final List<InterlockConfig> ran = new ArrayList<>();
        private List<ConfigProblem> problems = List.of();
        private List<String> warnings = List.of();
        private int made;

        InterlockApplication make() {
            made++;
            return this;
        }

        @Override
        public CheckResult check(ConfigResult.Valid configuration) {
            checked.add(configuration.config());
            return new CheckResult(problems, warnings);
        }

        @Override
        public Outcome run(ConfigResult.Valid configuration, ConfigSource source) {
            ran.add(configuration.config());
            return problems.isEmpty() ? new Outcome.Ended(7) : new Outcome.Refused(problems);
        }

        @Override
        public DryRunSession dryRun(ConfigResult.Valid configuration) throws IOException {
            throw new IOException("looked at " + configuration.config().proxy().port());
        }
    }
}
