package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.AddressNameServer;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests services in files, whose servers run on this host. */
@Timeout(300)
@Tag("engine")
class StaticServicesIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private ConfigFileBuilder settings;
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        folder = Files.createDirectory(settings.folder().resolve("services"));
        settings.with(file -> file.put("services_dir", "services"));
    }

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void aServerOnTheHostHasANameAndFilesChangeWithoutALostRequestUntilTheyEnd() throws Exception {
        try (OriginServer first = new OriginServer("first");
                OriginServer second = new OriginServer("second");
                InterlockProcess interlock = InterlockProcess.start(settings)) {
            write("web", servers("host.docker.internal:" + first.port()));
            awaitNames(interlock, "first");

            HttpLoadResult result;
            try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
                load.awaitMore(20);
                write("web", servers("127.0.0.1:" + first.port(), "127.0.0.1:" + second.port()));
                awaitNames(interlock, "first", "second");
                load.awaitMore(20);
                write(
                        "web",
                        "{\"hostname\": \"" + host + "\", \"servers\": [{\"address\": \"127.0.0.1:" + first.port()
                                + "\", \"weight\": 0}, \"localhost:" + second.port() + "\"]}");
                interlock.awaitThat(
                        "the first is a backup",
                        () -> interlock.serversOf(host).stream()
                                .anyMatch(server ->
                                        server.path("server").path("backup").asBoolean()));
                load.awaitMore(20);
                write("web", servers("127.0.0.1:" + second.port()));
                awaitNames(interlock, "second");
                load.awaitMore(20);

                write("web", "{\"hostname\": \"" + host + "\", \"servers\": [\"127.0.0.1:1\"], \"wieght\": 1}");
                interlock.awaitLogged("web.json", "did you mean \"weight\"?", "is still served");
                assertThat(status()).contains("web.json", "$.wieght", "what the file said before is still served");
                load.awaitMore(20);
                result = load.stop();
            }
            assertThat(result.isFlawless()).as(result + "\n" + interlock.log()).isTrue();
            assertThat(run("explain", host))
                    .as("explanation")
                    .contains("SERVED", "web-127.0.0.1-" + second.port(), "in web.json");
            assertThat(run("explain", "web")).contains("SERVED", "web.json");

            Files.delete(folder.resolve("web.json"));
            interlock.awaitNotServed(host);
            interlock.awaitThat("the problem is solved", () -> !status().contains("web.json"));
        }
    }

    @Test
    void aFileAndAContainerShareANameAndARestartKeepsBothEvenIfTheFileIsBadThen() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        try (OriginServer server = new OriginServer("outside")) {
            write("web", servers("127.0.0.1:" + server.port()));
            try (InterlockProcess first = InterlockProcess.start(settings)) {
                awaitNames(first, "outside", container.name());
                HttpLoadResult result;
                try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, first.port(), host)) {
                    load.awaitMore(20);
                    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
                    assertThat(first.awaitExit()).isNotZero();
                    write("web", "{");
                    try (InterlockProcess second = InterlockProcess.start(settings)) {
                        second.awaitLogged("web.json", "is still served");
                        load.awaitMore(20);
                        awaitNames(second, "outside", container.name());
                        result = load.stop();
                        assertThat(result.isFlawless())
                                .as(result + "\n" + second.log())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void checkAndExplainKnowServicesWithoutARunningInterlock() throws Exception {
        try (OriginServer server = new OriginServer("outside")) {
            write("web", servers("localhost:" + server.port()));
            write("bad", "{\"servers\": [\"http://10.0.0.5\"]}");
            Path file = settings.write();

            InterlockCommandRunner commands = new InterlockCommandRunner(settings);
            InterlockCommandRunner.Result check = commands.run("check");
            assertThat(check.exitCode()).as(check.toString()).isZero();
            assertThat(check.toString())
                    .contains(folder.resolve("bad.json") + ":1:14: ", "$.servers[0]", "ssl_backend")
                    .doesNotContain("web.json");
            assertThat(run("explain", host))
                    .as(file.toString())
                    .contains("localhost:" + server.port() + " in web.json", "bad.json");
        }
    }

    @Test
    void theFolderIsNamedAndForgottenWhileInterlockRuns() throws Exception {
        settings.with(file -> file.remove("services_dir"));
        try (OriginServer server = new OriginServer("outside");
                InterlockProcess interlock = InterlockProcess.start(settings)) {
            write("web", servers("127.0.0.1:" + server.port()));
            settings.with(file -> file.put("services_dir", "services")).write();
            awaitNames(interlock, "outside");
            assertThat(status()).contains("@services", folder.toString());

            settings.with(file -> file.remove("services_dir")).write();
            interlock.awaitNotServed(host);
            assertThat(status()).doesNotContain("@services").contains("local");
        }
    }

    @Test
    void aNameWhoseAddressChangesMovesItsServers() throws Exception {
        SampleContainer first = engine.sample().listensOn(8080).start();
        SampleContainer second = engine.sample().listensOn(8080).start();
        try (AddressNameServer names = new AddressNameServer(5)) {
            names.name("vm.test", first.address());
            settings.with(file -> file.putArray("services_resolvers")
                    .add("127.0.0.1:" + names.address().getPort()));
            write("web", servers("vm.test:8080"));
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                awaitNames(interlock, first.name());

                names.name("vm.test", second.address());
                awaitNames(interlock, second.name());

                names.failsWith(2);
                interlock.awaitLogged("vm.test", "are not known", "are served");
                awaitNames(interlock, second.name());
            }
        }
    }

    private void awaitNames(InterlockProcess interlock, String... names) {
        Set<String> expected = Set.of(names);
        interlock.awaitThat("answers of " + expected, () -> {
            Set<String> seen = new TreeSet<>();
            for (int i = 0; i < 4 * expected.size(); i++) {
                seen.add(interlock.nameAt(host).replaceFirst(" for .*", ""));
            }
            return seen.equals(expected);
        });
    }

    private String status() throws IOException {
        return run("status");
    }

    private String run(String... arguments) throws IOException {
        try {
            return new InterlockCommandRunner(settings).run(arguments).out();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private String servers(String... addresses) {
        return "{\"hostname\": \"" + host + "\", \"servers\": [\"" + String.join("\", \"", addresses) + "\"]}";
    }

    private void write(String name, String text) throws IOException {
        Path unfinished = Files.writeString(folder.resolve("." + name + ".tmp"), text);
        Files.move(
                unfinished,
                folder.resolve(name + ".json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
