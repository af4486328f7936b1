package io.interlock.app.cli;

import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.app.admin.AdminServer;
import io.interlock.app.admin.StubAdminService;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.status.StatusFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that ask, of an Interlock that runs and of none. */
@Timeout(60)
@Tag("unit")
class QueryCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StatusFixture statusService = new StatusFixture();
    private Optional<AdminServer> server = Optional.empty();
    private Path folder;

    @BeforeEach
    void makeAFolder() throws IOException {
        folder = Files.createTempDirectory("il-");
        Files.writeString(folder.resolve("c.json"), "{\"data_dir\": \"" + folder + "\"}");
    }

    @AfterEach
    void close() throws IOException {
        server.ifPresent(AdminServer::close);
        statusService.close();
        Files.delete(folder.resolve("c.json"));
        Files.delete(folder);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> environment =
                Map.of("INTERLOCK_CONFIG", folder.resolve("c.json").toString());
        return new CommandLineInterface(environment, new PrintWriter(out), new PrintWriter(err), OnlyLooking::new)
                .run("test 1", arguments);
    }

    private void listen() {
        server = AdminServer.start(folder, new StubAdminService(statusService));
    }

    @Test
    void aFileWithProblemsDoesNotKeepARunningInterlockFromAnswering() throws IOException {
        String wrong = "{\"data_dir\": \"" + folder + "\", \"port\": -1}";
        listen();
        for (String file : List.of(wrong, wrong.substring(0, wrong.length() - 3))) {
            Files.writeString(folder.resolve("c.json"), file);
            assertThat(run("status")).as(file).isZero();
        }
        server.orElseThrow().close();
        server = Optional.empty();
        Files.writeString(folder.resolve("c.json"), wrong);
        assertThat(run("status")).isEqualTo(ExitCodes.INVALID);
        assertThat(err.toString()).contains("$.port: expected a whole number from 1 to 65535");
    }

    @Test
    void onlyADryRunTakesAnotherFileAndOnlyARunningInterlockReloads() {
        assertThat(run("reload")).isEqualTo(ExitCodes.NOT_RUNNING);
        assertThat(run("reload", "other.json")).isEqualTo(ExitCodes.INVALID);
        assertThat(err.toString()).contains("needs --dry-run");
        listen();
        assertThat(run("reload", "--dry-run", "other.json")).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void forMonitoringTheStatusEndsWithACodeOfItsOwnIfThereAreProblems() {
        listen();
        statusService.runs(web("www.example.com"));
        assertThat(run("status", "--exit-code")).isZero();
        statusService.runs(named("web").hostname("shop.example.com"));
        assertThat(run("status", "--exit-code")).isEqualTo(ExitCodes.PROBLEMS);
        assertThat(run("status")).isZero();
    }

    @Test
    void aMigrationNamesAWrongEngineOrAddressBeforeAnEngineIsAsked() {
        assertThat(run("migrate", "--from", "traefik", "--engine", "tcp://127.0.0.1"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("looked");
        for (String[] wrong : new String[][] {
            {"--engine", "nowhere", "\"nowhere\" is no engine of the configuration", "did you mean \"tcp://nowhere\"?"},
            {"--compare", "127.0.0.1:80", "\"127.0.0.1:80\" is no address of a proxy", "expected http://HOST:PORT"},
            {"--with", "http://127.0.0.1:80", "--with needs --compare", ""}
        }) {
            assertThat(run("migrate", "--from", "traefik", wrong[0], wrong[1])).isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString()).contains(wrong[2], wrong[3]).doesNotContain("looked");
        }
    }

    @Test
    void topLooksAsOftenAsAskedAndNeedsARunningInterlock() {
        assertThat(run("top", "--count", "1")).isEqualTo(ExitCodes.NOT_RUNNING);
        listen();
        statusService.runs(web("www.example.com"));

        assertThat(run("top", "--count", "2", "--interval", "1")).isZero();

        assertThat(out.toString().lines().filter(line -> line.contains("requests/s")))
                .hasSize(2);
        assertThat(out.toString()).doesNotContain("\u001b");
        assertThat(run("top", "--count", "1", "--interval", "1", "--output", "json"))
                .isZero();
        assertThat(out.toString().lines()).singleElement().asString().startsWith("{\"at\":");
    }

    @Test
    void theStatusShowsEnginesLoadBalancersContainersAndProblems() {
        listen();
        statusService.runs(web("www.example.com"), named("web").hostname("shop.example.com"));
        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .contains("revision 1: 1 virtual host, 1 backend")
                .contains("local   connected")
                .contains("haproxy")
                .contains("Containers: 1 left out, 1 served; not served because of: 1 port")
                .contains("ERROR   container web on local: ports exposes no TCP port; not served")
                .contains("      -> give port in INTERLOCK_DATA");
    }

    @Test
    void everyQuestionHasTextAndJson() throws IOException {
        listen();
        statusService.runs(web("www.example.com"));
        for (List<String> question : List.of(
                List.of("status"),
                List.of("routes"),
                List.of("plugins"),
                List.of("explain", "www.example.com"),
                List.of("events"),
                List.of("render"),
                List.of("log-level", "debug"))) {
            String[] text = question.toArray(String[]::new);
            assertThat(run(text)).as("%s: %s", question, err).isZero();
            assertThat(out.toString()).as("%s", question).isNotBlank().doesNotStartWith("{");
            String[] json = new String[text.length + 1];
            System.arraycopy(text, 0, json, 0, text.length);
            json[text.length] = "--json";
            assertThat(run(json)).isZero();
            assertThat(new ObjectMapper().readTree(out.toString()).isObject()).isTrue();
        }
    }

    @Test
    void whatIsNotServedIsExplainedWithAnExitCodeOfItsOwn() {
        listen();
        statusService.runs(web("www.example.com"));
        assertThat(run("explain", "wwww.example.com")).isEqualTo(ExitCodes.NOT_SERVED);
        assertThat(out.toString()).startsWith("UNKNOWN: ").contains("Did you mean www.example.com?");
    }

    @Test
    void aRenderingShowsWhatDiffers() {
        listen();
        assertThat(run("render")).isZero();
        assertThat(out.toString())
                .contains("# haproxy: /new.map, which is not there yet")
                .contains("-    maxconn 1")
                .contains("+    maxconn 2")
                .contains("# haproxy: /same.map is as it would be written");
    }

    @Test
    void aMistakeIsTold() {
        listen();
        assertThat(run("log-level", "loud")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).isEqualTo("interlock: not a log level\n");
        assertThat(run("explain")).isEqualTo(ExitCodes.INVALID);
    }

    @Test
    void withoutARunningInterlockThatIsSaid() {
        for (String command : List.of("status", "events")) {
            assertThat(run(command)).isEqualTo(ExitCodes.NOT_RUNNING);
            assertThat(err.toString())
                    .startsWith("interlock: no Interlock runs with this configuration: there is no " + folder)
                    .contains("-config");
        }
    }

    @Test
    void whatCanBeToldWithoutARunningInterlockIs() {
        assertThat(run("explain", "www.example.com")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("no Interlock runs with this configuration; this is what one would do")
                .contains("interlock: looked");
    }

    @Test
    void aScriptThatCompletesCommandsIsValidInBash() throws Exception {
        assertThat(run("completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion"), out.toString());
        try {
            Process bash = new ProcessBuilder(
                            "bash",
                            "-c",
                            "source \"$1\" && complete -p interlock && COMP_WORDS=(interlock expl) COMP_CWORD=1 &&"
                                    + " _complete_interlock && echo \"${COMPREPLY[@]}\"",
                            "bash",
                            script.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(bash.waitFor()).as(said).isZero();
            assertThat(said).contains("explain");
        } finally {
            Files.delete(script);
        }
    }

    /** Looks, and sees nothing. */
    private static final class OnlyLooking implements InterlockApplication {

        @Override
        public CheckResult check(ConfigResult.Valid configuration) {
            return new CheckResult(List.of(), List.of());
        }

        @Override
        public Outcome run(ConfigResult.Valid configuration, ConfigSource source) {
            return new Outcome.Ended(7);
        }

        @Override
        public DryRunSession dryRun(ConfigResult.Valid configuration) throws IOException {
            throw new IOException("looked");
        }
    }
}
