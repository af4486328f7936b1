package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineCertificateAuthority;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.KeytoolCertificate;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests an engine behind TLS: it is watched only if both sides prove their identity. */
@Tag("engine")
class TlsEngineIT {

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private KeytoolCertificate server;
    private KeytoolCertificate client;
    private EngineProxy tls;

    @BeforeEach
    void putTlsInFrontOfTheEngine() throws Exception {
        server = KeytoolCertificate.selfSigned(folder, "engine");
        client = KeytoolCertificate.selfSigned(folder, "interlock");
        tls = EngineProxy.inFrontOf(engine, InetAddress.getLoopbackAddress(), server.socketsFor(client));
    }

    @AfterEach
    void removeEverything() {
        tls.close();
        engine.close();
    }

    @Test
    void anEngineIsWatchedWithAClientCertificateFromFiles() throws Exception {
        String certificate = file("cert.pem", client.certificatePem());
        String key = file("key.pem", client.keyPem());
        String ca = file("ca.pem", server.certificatePem());
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings(certificate, key, ca))) {
            interlock.awaitServedBy(container, host);
        }
    }

    @Test
    void anEngineIsWatchedWithPemTextInTheConfigurationItself() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock =
                InterlockProcess.start(settings(client.certificatePem(), client.keyPem(), server.certificatePem()))) {
            interlock.awaitServedBy(container, host);
            assertThat(interlock.log()).doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void anEngineThatCannotProveWhoItIsIsNotBelieved() throws Exception {
        String wrongCa = KeytoolCertificate.selfSigned(folder, "somebody-else").certificatePem();
        engine.sample().hostname(host).start();

        try (InterlockProcess interlock =
                InterlockProcess.start(settings(client.certificatePem(), client.keyPem(), wrongCa))) {
            interlock.awaitReady();
            interlock.awaitLogged("secure", "certif");
            assertThat(interlock.get(host, "/").status()).isEqualTo(503);
            assertThat(tls.requests()).as("nothing is said to a stranger").isEmpty();
        }
    }

    @Test
    void newCertificatesOfAnEngineAndItsClientArePickedUpWhileTheContainersAreServedOn() throws Exception {
        EngineCertificateAuthority former = EngineCertificateAuthority.create(folder, "former");
        EngineCertificateAuthority next = EngineCertificateAuthority.create(folder, "next");
        former.writeCa(folder);
        former.writeIdentity(folder, "127.0.0.1");
        try (NamespaceEngine own = NamespaceEngine.startBehindTls(former, "--live-restore")) {
            String running = own.runSampleInHostsNetwork(host);
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder().engine("own", own.address(), this::inFolder);
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(running));
                try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host)) {
                    own.stop();
                    own.replaceAuthority(next);
                    own.startAgain();
                    awaitUnreachable(interlock, "PKIX path building failed");

                    next.writeCa(folder);
                    next.writeIdentity(folder, "127.0.0.1");
                    String later = UniqueHostNames.newHost();
                    String started = own.runSample(later);
                    interlock.awaitThat(
                            "what came later is served",
                            () -> interlock.nameAt(later).equals(started));
                    HttpLoadResult result = load.stop();
                    assertThat(result.isFlawless()).as(result.toString()).isTrue();
                }
            }
        }
    }

    private void inFolder(ObjectNode entry) {
        entry.put("ssl_cert", folder.resolve("cert.pem").toString())
                .put("ssl_key", folder.resolve("key.pem").toString())
                .put("ca_cert", folder.resolve("ca.pem").toString());
    }

    private static void awaitUnreachable(InterlockProcess interlock, String reason) {
        interlock.awaitThat("the status says that it is unreachable: " + reason, () -> {
            JsonNode engine = statusOf(interlock).at("/engines/0");
            return engine.path("state").asText().equals("unreachable")
                    && engine.path("reason").asText().contains(reason);
        });
    }

    private static JsonNode statusOf(InterlockProcess interlock) throws IOException {
        try {
            return new InterlockCommandRunner(interlock.settings())
                    .run("status", "--json")
                    .json();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the status was asked for", e);
        }
    }

    private ConfigFileBuilder settings(String certificate, String key, String ca) throws Exception {
        return ConfigFileBuilder.inNewFolder()
                .engine(
                        "secure",
                        "https://127.0.0.1:" + tls.port(),
                        entry -> entry.put("ssl_cert", certificate)
                                .put("ssl_key", key)
                                .put("ca_cert", ca));
    }

    private String file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
