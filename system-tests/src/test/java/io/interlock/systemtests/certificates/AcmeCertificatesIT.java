package io.interlock.systemtests.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HandshakeLoop;
import io.interlock.testsupport.network.PebbleAcmeServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.TlsHandshakeClient;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests certificates from a real certificate authority: names that ask for one get it, and it is kept up to date. */
@Tag("engine")
class AcmeCertificatesIT {

    private static final Duration LONG = Duration.ofDays(90);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 50;

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void removeEverything() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        engine.close();
    }

    @Test
    void manyNamesAreIssuedOnceByTwoThatShareTheFolderWhicheverIsAsked() throws Exception {
        ConfigFileBuilder one = ConfigFileBuilder.inNewFolder();
        ConfigFileBuilder other = ConfigFileBuilder.inNewFolder();
        PebbleAcmeServer pebble = opened(PebbleAcmeServer.start(folder, one.port(), LONG));
        int onePort = https(one, pebble);
        int otherPort = https(other, pebble);
        List<String> names =
                IntStream.range(0, MANY).mapToObj(i -> "n" + i + "." + host).toList();
        SampleContainer container = engine.sample()
                .hostname(host)
                .label("interlock.alias_domains", String.join(",", names))
                .label("interlock.tls", "acme")
                .start();
        InterlockProcess first = opened(InterlockProcess.start(one));
        InterlockProcess second = opened(InterlockProcess.start(other));
        first.awaitApplied();
        second.awaitApplied();

        for (String name : names) {
            awaitCertificate(onePort, name);
            String serial = serial(onePort, name);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(serial(otherPort, name)).isEqualTo(serial));
        }

        assertThat(body(pebble, onePort, names.getFirst())).isEqualTo(container.name());
        assertThat(body(pebble, otherPort, names.getLast())).isEqualTo(container.name());
        assertThat(first.proxyReloads() + second.proxyReloads()).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat((first.log() + second.log())
                                .lines()
                                .filter(line -> line.contains("a certificate was issued for n")))
                        .hasSize(MANY));
        assertThat(first.log() + second.log()).doesNotContain("PRIVATE KEY");
        assertThat(openToOthers(folder.resolve("acme"))).isEmpty();
    }

    @Test
    void aCertificateIsRenewedBeforeItEndsAndNoHandshakeFails() throws Exception {
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder();
        PebbleAcmeServer pebble = opened(PebbleAcmeServer.start(folder, settings.port(), Duration.ofSeconds(30)));
        int port = https(settings, pebble);
        SampleContainer container =
                engine.sample().hostname(host).label("interlock.tls", "acme").start();
        InterlockProcess interlock = opened(InterlockProcess.start(settings));
        interlock.awaitApplied();
        awaitCertificate(port, host);
        String before = serial(port, host);

        try (HandshakeLoop handshakes = new HandshakeLoop(1, port, host)) {
            await().atMost(PATIENCE).until(() -> !serial(port, host).equals(before));
            assertThat(handshakes.failures()).isEmpty();
            assertThat(handshakes.done()).isPositive();
        }

        assertThat(body(pebble, port, host)).isEqualTo(container.name());
        assertThat(interlock.proxyReloads()).isZero();
    }

    @Test
    void whatFailsIsToldAndTriedAgain() throws Exception {
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder();
        PebbleAcmeServer pebble = opened(PebbleAcmeServer.start(folder, settings.port(), LONG));
        int port = https(settings, pebble);
        String elsewhere = UniqueHostNames.newHost();
        SampleContainer container = engine.sample()
                .hostname(host)
                .label("interlock.alias_domains", elsewhere)
                .label("interlock.tls", "acme")
                .start();
        // Nothing listens there at the port of challenges.
        pebble.setDnsRecord(elsewhere, container.address());
        pebble.stop();
        InterlockProcess interlock = opened(InterlockProcess.start(settings));
        interlock.awaitApplied();

        interlock.awaitLogged("the certificate authority cannot be used", "the next attempt is at");
        awaitState(interlock, settings, host, "failed");
        assertThat(TlsHandshakeClient.certificate(port, host)).isEmpty();

        pebble.startAgain();
        awaitCertificate(port, host);
        interlock.awaitLogged("did not get the answer that it asked of " + elsewhere);
        interlock.awaitThat(
                "it is in the status",
                () -> issuance(settings, elsewhere).path("reason").asText().contains(container.address()));
        assertThat(TlsHandshakeClient.certificate(port, elsewhere)).isEmpty();

        pebble.resetDnsRecord(elsewhere);
        awaitCertificate(port, elsewhere);
        awaitState(interlock, settings, elsewhere, "issued");
        assertThat(interlock.proxyReloads()).isZero();
    }

    /** Adds HTTPS to the settings, with certificates from this authority; returns its port. */
    private int https(ConfigFileBuilder settings, PebbleAcmeServer pebble) {
        int port = PortAllocator.next();
        settings.engine("local", engine.address().toString())
                .with(file -> file.putObject("tls")
                        .put("port", port)
                        .put("plain_http", "redirect")
                        .putObject("acme")
                        .put("terms_agreed", true)
                        .put("email", "ops@example.com")
                        .put("directory", pebble.directory())
                        .put("ca_cert", pebble.authority().toString())
                        .put("dir", folder.resolve("acme").toString())
                        .put("retry_pause", 1));
        return port;
    }

    private static void awaitCertificate(int port, String name) {
        await(name + " has a certificate")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> TlsHandshakeClient.certificate(port, name).isPresent());
    }

    private static String serial(int port, String name) throws IOException {
        return TlsHandshakeClient.certificate(port, name)
                .map(certificate -> certificate.getSerialNumber().toString(16))
                .orElse("");
    }

    /** The body that a client gets if it trusts only the authority. */
    private static String body(PebbleAcmeServer pebble, int port, String name) throws IOException {
        return SystemProcesses.run(
                        "curl",
                        "-sSf",
                        "--cacert",
                        pebble.root().toString(),
                        "--resolve",
                        name + ":" + port + ":127.0.0.1",
                        "https://" + name + ":" + port + "/name")
                .strip();
    }

    private static void awaitState(InterlockProcess interlock, ConfigFileBuilder settings, String name, String state) {
        interlock.awaitThat(
                name + " is " + state,
                () -> issuance(settings, name).path("state").asText().equals(state));
    }

    private static JsonNode issuance(ConfigFileBuilder settings, String name) throws IOException {
        try {
            JsonNode certificates = new InterlockCommandRunner(settings)
                    .run("certificates", "--json")
                    .json();
            Optional<JsonNode> found = certificates
                    .path("issuances")
                    .valueStream()
                    .filter(issuance -> issuance.path("name").asText().equals(name))
                    .findFirst();
            return found.orElseThrow(() -> new IOException(name + " is not in " + certificates));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static List<Path> openToOthers(Path root) throws IOException {
        List<Path> open = new ArrayList<>();
        for (Path file : FileTrees.all(root)) {
            try {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!mode.endsWith("------")) {
                    open.add(file);
                }
            } catch (NoSuchFileException renamed) {
                // The file was written beside its place.
            }
        }
        return open;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
