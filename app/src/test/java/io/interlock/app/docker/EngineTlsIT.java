package io.interlock.app.docker;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.pem.PemSource;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.Inventory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests TLS to the real engine, through a gate that requires client certificates; certificates and keys are created by
 * openssl.
 */
@Tag("engine")
@Isolated("uses the machine's engine")
class EngineTlsIT {

    private static final String PASSWORD = "test-only";

    @TempDir
    private Path files;

    private final Inventory inventory = new Inventory(Set.of("real"));
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void makeCertificates() throws Exception {
        authority("ca");
        authority("stranger-ca");
        key("server", "rsa-pkcs8");
        sign("server", "ca", "IP:127.0.0.1");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs8", "rsa-pkcs1", "ec-pkcs8", "ec-sec1", "ed25519"})
    void aClientWithACertificateOfTheEnginesAuthorityIsLetIn(String kind) throws Exception {
        key("client", kind);
        sign("client", "ca", "DNS:client");

        watch("tcp://127.0.0.1:" + gate().port(), "client", "ca");

        awaitConnected();
    }

    @Test
    void httpsDoesTheSame() throws Exception {
        client("client", "ca");

        watch("https://127.0.0.1:" + gate().port(), "client", "ca");

        awaitConnected();
    }

    @Test
    void aClientWithoutACertificateIsNot() throws Exception {
        EnginePortForwarder gate = gate();

        watch("https://127.0.0.1:" + gate.port(), null, "ca");

        awaitRefusal("certificate");
        assertThat(gate.passed()).isZero();
    }

    @Test
    void aClientOfAnotherAuthorityIsNot() throws Exception {
        client("client", "stranger-ca");
        EnginePortForwarder gate = gate();

        watch("tcp://127.0.0.1:" + gate.port(), "client", "ca");

        awaitRefusal("");
        assertThat(gate.passed()).isZero();
    }

    @Test
    void anEngineOfAnotherAuthorityIsNotTrusted() throws Exception {
        client("client", "ca");
        EnginePortForwarder gate = gate();

        watch("tcp://127.0.0.1:" + gate.port(), "client", "stranger-ca");

        awaitRefusal("PKIX");
        assertThat(gate.passed()).isZero();
    }

    @Test
    void anEngineWithAnotherNameIsNotTrusted() throws Exception {
        sign("server", "ca", "IP:127.0.0.2,DNS:another.example.com");
        client("client", "ca");
        EnginePortForwarder gate = gate();

        watch("tcp://127.0.0.1:" + gate.port(), "client", "ca");

        awaitRefusal("127.0.0.1");
        assertThat(gate.passed()).isZero();
    }

    @Test
    void aRotatedCertificateIsPickedUpAtTheNextAttempt() throws Exception {
        client("client", "stranger-ca");
        watch("tcp://127.0.0.1:" + gate().port(), "client", "ca");
        awaitRefusal("");

        client("client-new", "ca");
        Files.move(files.resolve("client-new.key"), files.resolve("client.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(files.resolve("client-new.pem"), files.resolve("client.pem"), StandardCopyOption.REPLACE_EXISTING);

        awaitConnected();
    }

    @Test
    void aKeyWithAPassphraseIsNamedAsSuch() throws Exception {
        client("client", "ca");
        openssl("pkcs8 -topk8 -in client.key -passout pass:x -out client-encrypted.key");
        Files.move(
                files.resolve("client-encrypted.key"),
                files.resolve("client.key"),
                StandardCopyOption.REPLACE_EXISTING);

        watch("tcp://127.0.0.1:" + gate().port(), "client", "ca");

        awaitRefusal("ssl_key cannot be used: it is an encrypted key");
    }

    private void awaitConnected() {
        await().untilAsserted(() -> assertThat(connection()).isInstanceOf(Connection.Connected.class));
    }

    private void awaitRefusal(String reason) {
        await().untilAsserted(() -> assertThat(connection())
                .isInstanceOfSatisfying(
                        Connection.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .hasValueSatisfying(text -> assertThat(text).contains(reason))));
    }

    private Connection connection() {
        return inventory.snapshot().engine("real").connection();
    }

    private void watch(String address, @Nullable String client, String ca) {
        EngineConfig config = new EngineConfig(
                "real",
                URI.create(address),
                1,
                1024,
                List.of(),
                Optional.ofNullable(client).map(name -> file(name + ".pem")),
                Optional.ofNullable(client).map(name -> file(name + ".key")),
                Optional.of(file(ca + ".pem")));
        EngineWatcherManager fleet = new EngineWatcherManager(List.of(config), inventory);
        opened.add(fleet);
        fleet.start();
    }

    private PemSource file(String name) {
        return new PemSource.File(files.resolve(name));
    }

    private EnginePortForwarder gate() throws Exception {
        openssl("pkcs12 -export -in server.pem -inkey server.key -out server.p12 -passout pass:" + PASSWORD);
        EnginePortForwarder gate = new EnginePortForwarder(new DemandingFactory(serverContext()));
        opened.add(gate);
        return gate;
    }

    private SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store("server.p12"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusting("ca.pem"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(files.resolve(name))) {
            store.load(file, PASSWORD.toCharArray());
        }
        return store;
    }

    private KeyStore trusting(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(files.resolve(name))) {
            store.setCertificateEntry(
                    name, CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        return store;
    }

    private void authority(String name) throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".pem");
    }

    private void client(String name, String ca) throws Exception {
        key(name, "rsa-pkcs8");
        sign(name, ca, "DNS:client");
    }

    private void key(String name, String kind) throws Exception {
        openssl(
                switch (kind) {
                    case "rsa-pkcs8" -> "genpkey -algorithm RSA -out " + name + ".key";
                    case "rsa-pkcs1" -> "genrsa -traditional -out " + name + ".key 2048";
                    case "ec-pkcs8" -> "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + name + ".key";
                    case "ec-sec1" -> "ecparam -name prime256v1 -genkey -out " + name + ".key";
                    case "ed25519" -> "genpkey -algorithm ed25519 -out " + name + ".key";
                    default -> throw new IllegalArgumentException(kind);
                });
    }

    private void sign(String name, String ca, String alternativeNames) throws Exception {
        openssl("req -new -key " + name + ".key -subj /CN=" + name + " -addext subjectAltName=" + alternativeNames
                + " -out " + name + ".csr");
        openssl("x509 -req -days 2 -copy_extensions copy -in " + name + ".csr -CA " + ca + ".pem -CAkey " + ca
                + ".key -CAcreateserial -out " + name + ".pem");
    }

    private void openssl(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(files.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("openssl %s: %s", arguments, output).isZero();
    }

    /** Creates sockets that accept only clients with a certificate. */
    private static final class DemandingFactory extends ServerSocketFactory {
        private final SSLContext context;

        DemandingFactory(SSLContext context) {
            this.context = context;
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            SSLServerSocket socket =
                    (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
            socket.setNeedClientAuth(true);
            return socket;
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }
}
