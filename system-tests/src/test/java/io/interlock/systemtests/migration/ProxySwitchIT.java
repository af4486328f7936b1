package io.interlock.systemtests.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.systemtests.support.TestPreconditions;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.KeytoolCertificate;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves a project of eight containers from another proxy to Interlock under load, as {@code docs/migrating.md} says, and back:
 * no request fails, except for those that the other proxy loses when it ends.
 */
@Timeout(300)
@Tag("engine")
class ProxySwitchIT {

    @TempDir
    Path folder;

    private static String certificate = "";

    private final LocalEngine engine = LocalEngine.connect();
    private final int port = PortAllocator.next();
    private final int elsewhere = PortAllocator.next();
    private ConfigFileBuilder settings;

    @BeforeAll
    static void createCertificate(@TempDir Path keys) throws Exception {
        certificate = KeytoolCertificate.ofNames(keys, 0, "any.example").pem();
    }

    @BeforeEach
    void prepare() throws Exception {
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        Files.writeString(certificates.resolve("cert.pem"), certificate);
        settings = ConfigFileBuilder.inNewFolder()
                .engine("local", engine.address().toString())
                .with(file -> file.putObject("tls")
                        .put("port", PortAllocator.next())
                        .put("certificates_dir", certificates.toString()));
    }

    @AfterEach
    void removeContainers() {
        engine.close();
    }

    @Test
    void aProjectOfTraefikMovesUnderLoadAndLosesNothing() throws Exception {
        TestPreconditions.abortIfPresent(PortRedirection.obstacle(), "the switch from Traefik");
        move(TraefikProject.start(engine));
    }

    @Test
    @Tag("slow")
    void aProjectOfNginxProxyMovesUnderLoadAndLosesNothing() throws Exception {
        TestPreconditions.abortIfPresent(
                PortRedirection.obstacle().or(OtherProxyProcess.Program.NGINX::obstacle),
                "the switch from nginx-proxy");
        move(NginxProxyProject.start(engine, folder));
    }

    @Test
    void aProjectOfCaddyMovesUnderLoadAndLosesNothing() throws Exception {
        TestPreconditions.abortIfPresent(
                PortRedirection.obstacle().or(OtherProxyProcess.Program.CADDY::obstacle),
                "the switch from caddy-docker-proxy");
        move(CaddyProject.start(engine));
    }

    private void move(ComposeProject project) throws Exception {
        JsonNode look = migrate(project, 0);
        assertThat(look.path("containers"))
                .hasSize(8)
                .allSatisfy(container -> assertThat(container.path("verdict").asText())
                        .as(container.toString())
                        .isNotEqualTo("not_served"));

        settings.with(file -> {
            file.putArray("dialects").add("interlock").add(project.dialect());
            file.putObject("plugins").set("dialect-" + project.dialect(), project.plugin());
        });
        try (OtherProxyProcess other = OtherProxyProcess.start(project.program(), project.configuration(port), port);
                InterlockProcess interlock = InterlockProcess.start(settings).awaitReady()) {
            for (ProjectRequest request : project.requests()) {
                interlock.awaitThat(request + " is served", () -> isRight(request));
            }
            compare(project);
            switchPorts(project, other, interlock);
        }
    }

    private boolean isRight(ProjectRequest request) throws IOException {
        try (HttpConnection connection = HttpConnection.connect(settings.port())) {
            return request.problem(request.send(connection)).isEmpty();
        }
    }

    /** The real other proxy answers in the same way; one with a small difference does not. */
    private void compare(ComposeProject project) throws Exception {
        JsonNode same = migrate(project, 0, "--compare", "http://127.0.0.1:" + port);
        assertThat(same.path("comparison").path("answers")).isEmpty();
        assertThat(same.path("comparison").path("requests").asInt()).isGreaterThanOrEqualTo(8);

        try (OtherProxyProcess different =
                OtherProxyProcess.start(project.program(), project.configurationWithDifference(elsewhere), elsewhere)) {
            JsonNode report = migrate(project, 6, "--compare", "http://127.0.0.1:" + elsewhere);
            assertThat(report.path("comparison").path("answers")).hasSize(1);
            different.stop();
        }
    }

    private JsonNode migrate(ComposeProject project, int exitCode, String... more) throws Exception {
        String[] command = new String[4 + more.length];
        System.arraycopy(new String[] {"migrate", "--from", project.dialect(), "--json"}, 0, command, 0, 4);
        System.arraycopy(more, 0, command, 4, more.length);
        InterlockCommandRunner.Result result = new InterlockCommandRunner(settings).run(command);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result.json();
    }

    @SuppressWarnings("try") // A connection is closed early, so that the other proxy can end.
    private void switchPorts(ComposeProject project, OtherProxyProcess other, InterlockProcess interlock)
            throws Exception {
        int before = settings.port();
        Map<String, Integer> ports = Map.of(
                "80",
                port,
                "8081",
                before,
                "8082",
                elsewhere,
                "443",
                PortAllocator.next(),
                "8444",
                PortAllocator.next(),
                "8445",
                PortAllocator.next());
        try (PortRedirection redirection = new PortRedirection(ports);
                ProjectLoad load = new ProjectLoad(port, project.requests());
                HttpConnection early = webSocket(project, port)) {
            load.awaitServedBy(false);
            redirection.run("table");
            redirection.run("switch");
            load.awaitServedBy(true);
            try (HttpConnection late = webSocket(project, port)) {
                redirection.run("roll back");
                load.awaitServedBy(false);
                assertThat(early.exchange("early")).isEqualTo("early");
                assertThat(late.exchange("late")).isEqualTo("late");
                redirection.run("switch");
                load.awaitServedBy(true);
                assertThat(load.endedByOther()).isZero();

                early.close();
                other.stop();
                load.awaitAllServedByInterlock();
                assertThat(load.endedByOther()).isLessThanOrEqualTo(load.kept());

                redirection.run("hold");
                change(port);
                redirection.run("release");
                load.awaitAllServedByInterlock();
                assertThat(late.exchange("late")).isEqualTo("late");
            }
            try (OtherProxyProcess again =
                    OtherProxyProcess.start(project.program(), project.configuration(elsewhere), elsewhere)) {
                redirection.run("roll back later");
                load.awaitServedBy(false);
                redirection.run("roll back");
                load.awaitServedBy(true);
                again.stop();
            }
            load.awaitAllServedByInterlock();
            assertThat(load.failures())
                    .as(load.answers() + " answers; " + interlock.log())
                    .isEmpty();
        }
        assertThat(interlock.stop()).isZero();
        interlock.assertNothingLeft();
    }

    private static HttpConnection webSocket(ComposeProject project, int port) throws IOException {
        HttpConnection connection = HttpConnection.connect(port);
        assertThat(connection.upgrade(project.chat())).contains(" 101 ");
        return connection;
    }

    /** Gives Interlock the port, and waits until it serves there. */
    private void change(int newPort) throws Exception {
        settings.with(file -> file.put("port", newPort)).write();
        InterlockCommandRunner.Result result = new InterlockCommandRunner(settings).run("reload");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }
}
