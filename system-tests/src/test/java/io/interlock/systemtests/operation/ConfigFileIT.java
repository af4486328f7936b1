package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the command line and the configuration file as people use them. */
@Tag("engine")
class ConfigFileIT {

    private static final String FIRST_README_SAMPLE = """
            {
                "port": 8080,
                "connect_timeout": 5000,
                "server_timeout": 10000,
                "client_timeout": 10000,
                "max_conn": 2048,
                "sysload_addr": "",
                "proxy_config_path": "/tmp/proxy.conf",
                "stats_user": "stats",
                "stats_password": "stats",
                "pid_path": "/tmp/proxy.pid",
                "engines": [
                    {
                        "engine": {
                            "id": "local",
                            "addr": "http://192.0.2.4:4243",
                            "cpus": 1.0,
                            "memory": 1024,
                            "labels": []
                        },
                        "ssl_cert": "",
                        "ssl_key": "",
                        "ca_cert": ""
                    }
                ]
            }
            """;

    @TempDir
    Path folder;

    @Test
    void theFileOfTheFirstReadmeIsValidAsItStands() throws IOException {
        SystemProcesses.Outcome outcome = check(FIRST_README_SAMPLE);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    @Test
    void aWrongFileIsRefusedWithEveryProblemAndItsPlace() throws IOException {
        SystemProcesses.Outcome outcome = check("""
                {
                    "port": "eighty",
                    "max_con": 100,
                    "engines": [
                        {"engine": {"id": "a", "addr": "ftp://engine:21"}},
                        {"engine": {"id": "a", "addr": "tcp://127.0.0.1:2375"}, "ca_cert": "/no/such/file"}
                    ]
                }
                """);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .contains(file().toString())
                .contains("eighty")
                .contains("max_con", "max_conn")
                .contains("ftp")
                .contains("/no/such/file")
                .contains("engines[1]");
        assertThat(outcome.output()).containsPattern("\\b2\\b").containsPattern("\\b3\\b");
    }

    @Test
    void aFileThatIsNotJsonIsRefusedWithTheLine() throws IOException {
        SystemProcesses.Outcome outcome = check("{\n  \"port\": 8080,\n  oops\n}");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains(file().toString()).containsPattern("\\b3\\b");
    }

    @Test
    void withAWrongFileNothingIsStarted() throws Exception {
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                .engine("local", "unix:///var/run/docker.sock")
                .with(json -> json.put("port", -1));

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            assertThat(interlock.awaitExit()).isEqualTo(2);
            interlock.assertNothingLeft();
            assertThat(settings.proxyConfig()).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-config", "--config", "-c"})
    void theFileCanBeNamedInEveryUsualWay(String flag) throws IOException {
        Files.writeString(file(), "{\"port\": 0}");

        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(InterlockProcess.command(flag, file().toString()));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains(file().toString());
    }

    @Test
    void theFileCanBeNamedByTheEnvironment() throws IOException {
        Files.writeString(file(), "{\"port\": 0}");
        ProcessBuilder command = InterlockProcess.command();
        command.environment().put("INTERLOCK_CONFIG", file().toString());

        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(command);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains(file().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "--"})
    void flagsWinOverTheFile(String dashes) throws IOException {
        int port = PortAllocator.next();
        try (LocalEngine engine = LocalEngine.connect()) {
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                    .engine("local", engine.address().toString());
            Path proxyConfig = settings.folder().resolve("other.cfg");
            String host = UniqueHostNames.newHost();
            SampleContainer container = engine.sample().hostname(host).start();

            try (InterlockProcess interlock = InterlockProcess.start(
                    settings,
                    dashes + "proxy-port",
                    Integer.toString(port),
                    dashes + "proxy-conf-path",
                    proxyConfig.toString())) {
                interlock.awaitThat(
                        "it is served on the flag's port",
                        () -> HttpConnection.get(port, host, "/name")
                                .body()
                                .strip()
                                .equals(container.name()));
                assertThat(proxyConfig).exists();
                assertThat(settings.proxyConfig()).doesNotExist();
            }
        }
    }

    @Test
    void versionAndHelpAreShownOnRequest() throws IOException {
        SystemProcesses.Outcome version = SystemProcesses.outcomeOf(InterlockProcess.command("--version"));
        SystemProcesses.Outcome help = SystemProcesses.outcomeOf(InterlockProcess.command("--help"));

        assertThat(version.exitCode()).isZero();
        assertThat(version.output()).containsPattern("\\d+\\.\\d+");
        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("config", "proxy-port", "proxy-conf-path", "syslog", "check");
    }

    @Test
    void commandsThatOnlyLookWriteNothing() throws IOException {
        String data = folder.resolve("data").toString();
        Files.writeString(
                file(),
                "{\"data_dir\": \"" + data
                        + "\", \"engines\": [{\"engine\": {\"addr\": \"unix:///no/engine.sock\"}}]}");

        assertThat(SystemProcesses.outcomeOf(InterlockProcess.command("check", "-config", file().toString()))
                        .exitCode())
                .isZero();
        SystemProcesses.Outcome render =
                SystemProcesses.outcomeOf(InterlockProcess.command("render", "-config", file().toString()));
        assertThat(render.exitCode()).as(render.output()).isZero();
        assertThat(render.output()).contains(data);
        SystemProcesses.outcomeOf(InterlockProcess.command("explain", "www.example.com", "-config", file().toString()));

        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void theSchemasOfTheDistributionArePrinted() throws IOException {
        SystemProcesses.Outcome config = SystemProcesses.outcomeOf(InterlockProcess.command("schema", "config"));
        SystemProcesses.Outcome container = SystemProcesses.outcomeOf(InterlockProcess.command("schema", "container"));

        assertThat(config.output()).contains("\"max_conn\"", "https://json-schema.org/draft/2020-12/schema");
        assertThat(container.output()).contains("\"alias_domains\"");
    }

    private Path file() {
        return folder.resolve("interlock.json");
    }

    private SystemProcesses.Outcome check(String json) throws IOException {
        Files.writeString(file(), json);
        return SystemProcesses.outcomeOf(InterlockProcess.command("check", "-config", file().toString()));
    }
}
