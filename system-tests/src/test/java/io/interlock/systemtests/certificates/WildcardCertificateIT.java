package io.interlock.systemtests.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.PebbleAcmeServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.TlsHandshakeClient;
import io.interlock.testsupport.network.UpdatableNameServer;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests certificates by way of the DNS, from a real authority that asks a real name server. */
@Tag("engine")
class WildcardCertificateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private final String domain = UniqueHostNames.newHost();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void removeEverything() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        engine.close();
    }

    @Test
    void oneWildcardServesItsNamesAndTheDomainHasItsOwnCertificate() throws Exception {
        UpdatableNameServer names = opened(UpdatableNameServer.bind(made("names"), domain));
        PebbleAcmeServer pebble =
                opened(PebbleAcmeServer.startWithNames(made("pebble"), Duration.ofDays(90), names.address()));
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder();
        int port = PortAllocator.next();
        settings.engine("local", engine.address().toString()).with(file -> {
            var acme = file.putObject("tls").put("port", port).putObject("acme");
            acme.put("terms_agreed", true)
                    .put("directory", pebble.directory())
                    .put("ca_cert", pebble.authority().toString())
                    .put("dir", folder.resolve("acme").toString())
                    .put("retry_pause", 1);
            var entry = acme.putArray("dns").addObject();
            entry.put("provider", "rfc2136").put("share_wildcard", true);
            entry.putArray("names").add("*." + domain).add(domain);
            entry.putArray("servers").add(names.address());
            file.withObject("plugins")
                    .putObject("dns-rfc2136")
                    .put("server", names.address())
                    .put("key_name", UpdatableNameServer.KEY_NAME)
                    .put("key_secret", UpdatableNameServer.SECRET);
        });
        SampleContainer any = engine.sample()
                .hostname("any." + domain)
                .label("interlock.alias_domains", "*." + domain)
                .label("interlock.tls", "acme")
                .start();
        SampleContainer apex = engine.sample()
                .hostname(domain)
                .label("interlock.alias_domains", "www." + domain)
                .label("interlock.tls", "acme")
                .start();
        InterlockProcess interlock = opened(InterlockProcess.start(settings));
        interlock.awaitApplied();

        assertThat(namesAt(port, "anything." + domain)).containsExactly("*." + domain);
        assertThat(namesAt(port, "www." + domain)).containsExactly("*." + domain);
        assertThat(namesAt(port, domain)).containsExactly(domain);
        awaitBody(pebble, port, "anything." + domain, any);
        awaitBody(pebble, port, "www." + domain, apex);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                interlock.log().lines().filter(line -> line.contains("a certificate was issued for")))
                        .hasSize(2));
        assertThat(interlock.log()).doesNotContain(UpdatableNameServer.SECRET);
        assertThat(interlock.proxyReloads()).isZero();
        // A file may be renamed between its listing and its reading.
        await("the records are removed")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(NoSuchFileException.class)
                .until(this::isCleanedUp);
    }

    private Path made(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    /** The names of the certificate that a client sees, once there is one. */
    private static List<String> namesAt(int port, String name) {
        return await(name + " has a certificate")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> TlsHandshakeClient.certificate(port, name)
                                .map(WildcardCertificateIT::names)
                                .orElse(List.of()),
                        found -> !found.isEmpty());
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames().stream()
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitBody(PebbleAcmeServer pebble, int port, String name, SampleContainer container) {
        await(name + " is served by " + container.name())
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> body(pebble, port, name).equals(container.name()));
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

    /** Whether no order has a record that must still be removed. */
    private boolean isCleanedUp() throws IOException {
        for (Path file : FileTrees.all(folder.resolve("acme/orders"))) {
            if (file.toString().endsWith(".json") && !Files.readString(file).contains("\"records\":[]")) {
                return false;
            }
        }
        return true;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
