package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.interlock.testsupport.distribution.InterlockContainer;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.RollingContainerPool;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.process.FileTrees;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests Interlock in its image, which needs only an engine to watch. */
@Tag("engine")
class InterlockImageIT {

    private static final String HARDENED = " --read-only --cap-drop ALL --security-opt no-new-privileges";
    private static final String SECRET = "hunter2-and-more";
    private static final Duration ROLL = Duration.ofSeconds(6);
    private static final Duration STEP = Duration.ofMillis(500);

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void withTheEnginesSocketAndNothingElseItServesAndEndsInOrder() throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockContainer interlock = InterlockContainer.run(InterlockContainer.withSocket(engine))) {
            interlock.awaitServedBy(container, host);
            interlock.awaitThat(
                    "it is healthy",
                    () -> interlock.inspect("{{.State.Health.Status}}").equals("healthy"));

            assertThat(interlock.stop()).as(interlock.log()).isZero();
            assertThat(interlock.log()).contains("shutting down", "stopped");
        }
    }

    @Test
    void aServerOnTheHostHasANameThroughAFile(@TempDir Path services) throws IOException {
        Files.setPosixFilePermissions(services, PosixFilePermissions.fromString("rwxr-xr-x"));
        HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
        server.createContext("/", exchange -> OriginServer.respond(exchange, 200, "on the host"));
        server.start();
        Files.writeString(
                services.resolve("ui.json"),
                "{\"hostname\": \"" + host + "\", \"servers\": [\"host.docker.internal:"
                        + server.getAddress().getPort() + "\"]}");
        String folder = " -v " + services + ":/services:ro -e INTERLOCK_SERVICES_DIR=/services";

        try (InterlockContainer interlock = InterlockContainer.run(InterlockContainer.withSocket(engine) + folder)) {
            interlock.awaitThat(
                    "the server on the host answers",
                    () -> HttpConnection.get(interlock.port(), host, "/").body().equals("on the host"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutRootCapabilitiesAndAWritableFileSystemItServesAndListensNowhereElse() throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockContainer interlock = InterlockContainer.run(InterlockContainer.withSocket(engine) + HARDENED)) {
            interlock.awaitServedBy(container, host);

            assertThat(processes(interlock))
                    .allSatisfy(process -> assertThat(process)
                            .contains("CapEff:0000000000000000", "NoNewPrivs:1")
                            .doesNotContain("Uid:0"));
            // The second port is that of the statistics, on loopback only.
            assertThat(listeningPorts(interlock)).containsExactly(8080, 9101);
        }
    }

    @Test
    void aSocketThatMayNotBeUsedIsToldWithWhatToPass() throws IOException {
        String socket = engine.address().getPath();
        String group = FileTrees.groupOf(socket);

        try (InterlockContainer interlock = InterlockContainer.run("-v " + socket + ":/var/run/docker.sock")) {
            interlock.awaitLogged("/var/run/docker.sock", "--group-add " + group);
        }
        try (InterlockContainer interlock = InterlockContainer.run("")) {
            interlock.awaitLogged("-v /var/run/docker.sock:/var/run/docker.sock");
        }
    }

    @Test
    void noSecretIsInTheLogOrAmongTheArgumentsOfAProcessOrInAFileThatOthersMayRead() throws IOException {
        Path file = Files.createTempFile("il-", ".conf");
        Files.writeString(file, """
                {"stats_user": "ops", "stats_password": "%s", "proxy_config_path": "/tmp/proxy.conf"}
                """.formatted(SECRET));
        Path readable = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (InterlockContainer interlock = InterlockContainer.run(
                InterlockContainer.withSocket(engine) + " -e INTERLOCK_LOG_LEVEL=TRACE -v " + readable
                        + ":/etc/interlock/controller.conf",
                "-config",
                "/etc/interlock/controller.conf")) {
            interlock.awaitReady();
            String account = Base64.getEncoder().encodeToString(("ops:" + SECRET).getBytes(StandardCharsets.UTF_8));
            assertThat(HttpConnection.get(interlock.port(), host, "/haproxy?stats", "Authorization: Basic " + account)
                            .status())
                    .isEqualTo(200);

            assertThat(interlock.log()).doesNotContain(SECRET);
            assertThat(interlock.exec("bash", "-c", "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\0' ' '"))
                    .contains("haproxy")
                    .doesNotContain(SECRET);
            assertThat(interlock.exec("bash", "-c", "grep -rls " + SECRET + " /tmp /var/lib/interlock"))
                    .contains("/tmp/proxy.conf");
            assertThat(interlock.exec(
                            "bash",
                            "-c",
                            "find /tmp /var/lib/interlock -type f -perm /077 | xargs -r grep -ls " + SECRET
                                    + " || true"))
                    .isEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whatProcessesLeaveBehindIsReaped() throws IOException {
        try (InterlockContainer interlock = InterlockContainer.run(InterlockContainer.withSocket(engine))) {
            interlock.awaitReady();

            interlock.exec("bash", "-c", "(setsid bash -c 'exec -a orphan sleep 0.2' &) ; true");

            interlock.awaitThat(
                    "no orphan is left",
                    () -> processes(interlock).stream()
                            .noneMatch(process -> process.contains("Name:sleep") || process.contains("State:Z")));
        }
    }

    @Test
    void noRequestIsLostWhileContainersAreReplaced() throws Exception {
        try (InterlockContainer interlock = InterlockContainer.run(InterlockContainer.withSocket(engine))) {
            interlock.awaitReady();
            RollingContainerPool pool = new RollingContainerPool(
                    4,
                    () -> engine.backend()
                            .hostname(host)
                            .environment("ON_TERM", "drain:3000")
                            .environment("LISTEN_DELAY", "300")
                            .start(),
                    SampleContainer::stop);
            for (SampleContainer container : pool.serving()) {
                interlock.awaitServedBy(container, host);
            }
            HttpLoadClient.Plan plan = new HttpLoadClient.Plan(20, 25, ROLL, true);

            try (HttpLoadClient client = HttpLoadClient.atRate(plan, interlock.port(), host)) {
                pool.roll(plan.duration(), STEP);
                HttpLoadResult load = client.await();

                assertThat(load.sent()).isEqualTo(plan.requests());
                assertThat(load.isFlawless()).as(load.toString()).isTrue();
            }
        }
    }

    /** For each process in the container, a few lines of the kernel's status, without blanks. */
    private static List<String> processes(InterlockContainer interlock) throws IOException {
        String all = interlock.exec(
                "bash",
                "-c",
                "for p in /proc/[0-9]*; do grep -hsE '^(Name|State|Uid|CapEff|NoNewPrivs):' $p/status && echo ---;"
                        + " done; true");
        return Stream.of(all.split("---\n"))
                .map(process -> process.replaceAll("[ \t]", ""))
                .toList();
    }

    /** The TCP ports in its network namespace on which a process listens. */
    private static List<Integer> listeningPorts(InterlockContainer interlock) throws IOException {
        return interlock
                .exec("bash", "-c", "cat /proc/net/tcp /proc/net/tcp6")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 3 && fields[3].equals("0A"))
                .map(fields -> Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16))
                .distinct()
                .sorted()
                .toList();
    }
}
