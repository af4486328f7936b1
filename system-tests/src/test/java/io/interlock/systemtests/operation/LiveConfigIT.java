package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.KeytoolCertificate;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.TlsHandshakeClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests changes of the configuration while Interlock runs and serves. */
@Timeout(300)
@Tag("engine")
class LiveConfigIT {

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private ConfigFileBuilder settings;

    @BeforeEach
    void prepare() throws IOException {
        settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
    }

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void enginesOwnershipLimitsKeysOfPluginsAndTlsChangeAndNoRequestIsLost() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        int https = PortAllocator.next();
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        Files.writeString(
                certificates.resolve("cert.pem"),
                KeytoolCertificate.ofNames(folder, 0, host).pem());

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            HttpLoadResult result;
            try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
                change(file -> engineEntry(file, "again"));
                interlock.awaitThat(
                        "both engines serve it", () -> interlock.serversOf(host).size() == 2);
                change(file -> ((ArrayNode) file.path("engines")).remove(0));
                interlock.awaitThat(
                        "one engine serves it", () -> interlock.serversOf(host).size() == 1);

                change(file -> ownership(file, "*"));
                change(file -> file.putObject("limits").put("expressions", 10));

                change(file -> haproxy(file).put("hard_stop_after", 30_000).put("spare_backends", 8));
                interlock.awaitLogged("version", "takes over", "with another configuration");
                change(file -> file.put("max_conn", 1_000).put("client_timeout", 20_000));
                interlock.awaitProxyConfig("maxconn 1000");

                change(file ->
                        file.putObject("tls").put("port", https).put("certificates_dir", certificates.toString()));
                interlock.awaitThat(
                        "HTTPS is served",
                        () -> TlsHandshakeClient.certificate(https, host).isPresent());
                change(file -> ((ObjectNode) file.path("tls")).put("min_version", "1.3"));
                change(file -> file.remove("tls"));
                interlock.awaitThat("HTTPS is not served", () -> PortAllocator.isFree(https));

                String later = UniqueHostNames.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
                result = load.stop();
            }

            assertThat(result.sent()).isPositive();
            assertThat(result.isFlawless()).as(result + "\n" + interlock.log()).isTrue();

            change(file -> ownership(file, "other.example"));
            interlock.awaitNotServed(host);
            assertThat(interlock.stop()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
        }
    }

    @Test
    void theFileIsWatchedAndSighupReadsItAndThePortMoves() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        int before = settings.port();
        int after = PortAllocator.next();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            settings.with(file -> file.put("port", after)).write();
            interlock.awaitLogged("$.port: " + before + " became " + after);
            interlock.awaitThat("the old port is closed", () -> PortAllocator.isFree(before));
            interlock.awaitThat("the new port is open", () -> !PortAllocator.isFree(after));

            new ProcessBuilder("kill", "-HUP", Long.toString(interlock.pid()))
                    .start()
                    .waitFor();
            settings.with(file -> file.put("port", before)).write();
            new ProcessBuilder("kill", "-HUP", Long.toString(interlock.pid()))
                    .start()
                    .waitFor();
            interlock.awaitServedBy(container, host);
            assertThat(interlock.isAlive()).isTrue();
        }
    }

    @Test
    void aBadFileChangesNothingAndIsAProblemUntilItIsMended() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            settings.with(file -> haproxy(file).put("threads", "many")).write();
            interlock.awaitLogged("$.plugins.haproxy.threads: expected a whole number");
            interlock.awaitLogged("is not used; the earlier one stays in use");

            assertThat(run("reload").exitCode()).isEqualTo(2);
            assertThat(run("status").out()).contains("$.plugins.haproxy.threads", "stays in use");
            Path written = settings.write();
            Files.writeString(written, "{ \"data_dir\": \"" + settings.folder().resolve("data") + "\", ");
            interlock.awaitThat("no JSON is told", () -> status(written).contains("interlock.json:1:"));
            interlock.awaitServedBy(container, host);

            settings.with(file -> haproxy(file).put("threads", 1)).write();
            interlock.awaitThat("no problem is left", () -> !run("status").out().contains("stays in use"));
            interlock.awaitProxyConfig("nbthread 1");
        }
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndWhatNeedsAStart() throws Exception {
        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitReady()) {
            Path other = Files.writeString(
                    settings.folder().resolve("other.json"),
                    Files.readString(settings.write())
                            .replaceFirst(
                                    "\\{",
                                    "{ \"max_conn\": 999, \"plugins\": {\"haproxy\": {\"binary\": \"/bin/true\"}},")
                            .replace("haproxy.cfg", "other.cfg"));

            InterlockCommandRunner.Result dry = run("reload", "--dry-run", other.toString());

            assertThat(dry.exitCode()).isZero();
            assertThat(dry.out())
                    .contains(
                            "would be applied", "$.max_conn: now 999", "plugin haproxy refuses", "$.proxy_config_path");
            assertThat(interlock.log()).doesNotContain("$.max_conn");
            assertThat(run("reload").out()).contains("Nothing changed");
        }
    }

    private InterlockCommandRunner.Result run(String... command) throws IOException {
        try {
            return new InterlockCommandRunner(settings).run(command);
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.toString());
        }
    }

    private static String status(Path file) throws IOException {
        Process command =
                InterlockProcess.command("status", "-config", file.toString()).start();
        return new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Changes the file, and waits until it is in use. */
    private void change(Consumer<ObjectNode> change) throws IOException {
        settings.with(change).write();
        InterlockCommandRunner.Result result = run("reload");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private void engineEntry(ObjectNode file, String id) {
        ((ArrayNode) file.path("engines"))
                .addObject()
                .putObject("engine")
                .put("id", id)
                .put("addr", engine.address().toString());
    }

    private static ObjectNode haproxy(ObjectNode file) {
        ObjectNode plugins = file.withObject("/plugins");
        return plugins.withObject("/haproxy");
    }

    private static void ownership(ObjectNode file, String names) {
        ObjectNode rule = file.putArray("ownership").addObject().put("owner", "all");
        rule.putObject("who").put("image", "*");
        rule.putObject("may").putArray("names").add(names);
    }
}
