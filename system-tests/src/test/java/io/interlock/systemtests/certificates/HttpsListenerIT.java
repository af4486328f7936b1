package io.interlock.systemtests.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.KeytoolCertificate;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.TlsHandshakeClient;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests HTTPS with the certificates of a folder that is watched while Interlock runs. */
@Tag("engine")
class HttpsListenerIT {

    private static final String KEY = "PRIVATE KEY";
    private static final Pattern DAYS_LEFT =
            Pattern.compile("interlock_certificate_days_left\\{[^}]*certificate=\"first\"[^}]*} [0-9.]+");

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private final int port = PortAllocator.next();
    private final int statistics = PortAllocator.next();
    private Path certificates;
    private ConfigFileBuilder settings;

    @BeforeEach
    void prepare() throws IOException {
        certificates = Files.createDirectory(folder.resolve("certificates"));
        settings = ConfigFileBuilder.inNewFolder()
                .engine("local", engine.address().toString())
                .with(file -> {
                    file.putObject("tls").put("port", port).put("certificates_dir", certificates.toString());
                    file.putObject("plugins").putObject("stats").put("port", statistics);
                });
    }

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void certificatesComeAndAreReplacedWhileItRunsAndWhatIsWrongIsToldWhileTheLastGoodOneStays() throws Exception {
        String other = UniqueHostNames.newHost();
        SampleContainer container = engine.sample()
                .hostname(host)
                .label("interlock.alias_domains", other)
                .start();
        KeytoolCertificate first = KeytoolCertificate.ofNames(folder, 0, host);
        put("first.pem", first.pem());
        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitApplied()) {
            assertThat(body(host, first)).isEqualTo(container.name());
            assertThat(interlock.nameAt(host)).isEqualTo(container.name());
            assertThat(TlsHandshakeClient.certificate(port, other)).isEmpty();
            interlock.awaitThat(
                    "the other name has none",
                    () -> all().path("uncovered").toString().contains(other));

            KeytoolCertificate second = KeytoolCertificate.ofNames(folder, 0, other);
            put("second.crt", second.certificatePem());
            put("second.key", second.keyPem());
            interlock.awaitThat(
                    "it is served",
                    () -> TlsHandshakeClient.certificate(port, other).isPresent());
            assertThat(body(other, second)).isEqualTo(container.name());

            // First the key of another certificate, then no certificate at all: the last good one stays in service.
            put("second.key", first.keyPem());
            awaitState(interlock, "second", "kept", "second.crt", "another certificate");
            put("second.crt", "no certificate");
            awaitState(interlock, "second", "kept", "second.crt", "CERTIFICATE");
            assertThat(body(other, second)).isEqualTo(container.name());

            put("first.pem", KeytoolCertificate.ofNames(folder, 9, host).pem());
            // An expired certificate is not better than a valid one.
            interlock.awaitLogged("first.pem", "expired at");
            assertThat(body(host, first)).isEqualTo(container.name());

            put(
                    "stranger.pem",
                    KeytoolCertificate.ofNames(folder, 0, "stranger.example.net")
                            .pem());
            awaitState(interlock, "stranger", "unused", "stranger.pem", "");
            put(
                    "keyless.pem",
                    KeytoolCertificate.ofNames(folder, 0, "keyless.example.net").certificatePem());
            awaitState(interlock, "keyless", "unusable", "keyless.pem", KEY);

            assertThat(new InterlockCommandRunner(settings).run("certificates").out())
                    .contains("second", "kept", "stranger", "unused", "keyless", "unusable");
            assertThat(new InterlockCommandRunner(settings).run("status").out()).contains("keyless.pem");
            interlock.awaitThat(
                    "it is measured",
                    () -> DAYS_LEFT
                            .matcher(HttpConnection.get(statistics, "localhost", "/metrics")
                                    .body())
                            .find());
            assertThat(interlock.proxyReloads()).as(interlock.log()).isZero();
            assertThat(interlock.log() + all()).doesNotContain("BEGIN");
            assertThat(interlock.stop()).as(interlock.log()).isZero();
        }
    }

    @Test
    void aContainerChoosesItsCertificateAndTheOldestVersion() throws Exception {
        engine.sample()
                .hostname(host)
                .label("interlock.ssl_cert", "chosen")
                .label("interlock.tls_min_version", "1.3")
                .start();
        put("better.pem", KeytoolCertificate.ofNames(folder, 0, host).pem());
        KeytoolCertificate chosen = KeytoolCertificate.ofNames(folder, 1, host);
        put("chosen.pem", chosen.pem());
        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitApplied()) {
            interlock.awaitThat(
                    "the chosen one is shown",
                    () -> status("chosen").path("shown_for").toString().contains(host));
            assertThat(curl(host, chosen, "--tls-max", "1.3").exitCode()).isZero();
            assertThat(curl(host, chosen, "--tls-max", "1.2").exitCode()).isNotZero();
        }
    }

    @Test
    void aNameThatIsForHttpsOnlyIsRedirectedThereAndBrowsersAreToldToStay() throws Exception {
        SampleContainer container = engine.sample()
                .hostname(host)
                .label("interlock.ssl_only", "true")
                .label("interlock.hsts", "max-age=600")
                .start();
        KeytoolCertificate trusted = KeytoolCertificate.ofNames(folder, 0, host);
        put("first.pem", trusted.pem());
        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitApplied()) {
            interlock.awaitThat(
                    "it is shown",
                    () -> TlsHandshakeClient.certificate(port, host).isPresent());
            HttpConnection.Response plain = interlock.get(host, "/name");
            assertThat(plain.status()).isEqualTo(308);
            assertThat(plain.headers()).containsEntry("location", "https://" + host + "/name");
            assertThat(plain.headers()).doesNotContainKey("strict-transport-security");
            assertThat(curl(host, trusted, "-i").output())
                    .containsIgnoringCase("strict-transport-security: max-age=600")
                    .contains(container.name());
        }
    }

    private void put(String name, String text) throws IOException {
        Path hidden = certificates.resolve("." + name);
        Files.deleteIfExists(hidden);
        Files.createFile(hidden, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(hidden, text);
        Files.move(hidden, certificates.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitState(InterlockProcess interlock, String id, String state, String file, String reason) {
        interlock.awaitThat(id + " is " + state + " because of " + reason, () -> {
            JsonNode status = status(id);
            return status.path("state").asText().equals(state)
                    && status.path("file").asText().endsWith(file)
                    && status.path("reason").asText().contains(reason);
        });
    }

    private JsonNode status(String id) throws IOException {
        return all().path("certificates")
                .valueStream()
                .filter(certificate -> certificate.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + id));
    }

    private JsonNode all() throws IOException {
        try {
            return new InterlockCommandRunner(settings)
                    .run("certificates", "--json")
                    .json();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private String body(String name, KeytoolCertificate trusted) throws Exception {
        SystemProcesses.Outcome outcome = curl(name, trusted);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    /** Runs curl, which trusts only this certificate. */
    private SystemProcesses.Outcome curl(String name, KeytoolCertificate trusted, String... more) throws Exception {
        Path authority = Files.writeString(folder.resolve("trusted.pem"), trusted.certificatePem());
        ProcessBuilder curl = new ProcessBuilder(
                "curl",
                "-sSf",
                "--cacert",
                authority.toString(),
                "--resolve",
                name + ":" + port + ":127.0.0.1",
                "https://" + name + ":" + port + "/name");
        List<String> command = new ArrayList<>(curl.command());
        command.addAll(List.of(more));
        curl.command(command);
        return SystemProcesses.outcomeOf(curl);
    }
}
