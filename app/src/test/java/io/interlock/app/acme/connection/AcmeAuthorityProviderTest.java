package io.interlock.app.acme.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.interlock.app.certificates.InMemoryCertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shredzone.acme4j.connector.NetworkSettings;

/** Tests which certificates are trusted in requests to a certificate authority. */
@Tag("unit")
class AcmeAuthorityProviderTest {

    private static final AuthorityClock CLOCK = new AuthorityClock(System::nanoTime);

    @TempDir
    Path folder;

    private final InMemoryCertificateAuthority certificates = new InMemoryCertificateAuthority(Instant.now());
    private final InMemoryCertificateAuthority.Issued issued = certificates.issue(9, "localhost");
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(issued)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAuthorityWhoseCertificateIsInTheFileIsTrusted() throws Exception {
        assertThat(status(Optional.of(file(issued.certificatePem())))).isEqualTo(204);
    }

    @Test
    void everyCertificateInTheFileIsTrusted() throws Exception {
        String other = new InMemoryCertificateAuthority(Instant.now()).rootPem();

        assertThat(status(Optional.of(file(other + issued.certificatePem())))).isEqualTo(204);
    }

    @Test
    void anAuthorityThatTheFileDoesNotNameIsNot() throws IOException {
        Path other = file(new InMemoryCertificateAuthority(Instant.now()).intermediatePem());

        assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> status(Optional.of(other)));
    }

    @Test
    void withoutAFileOnlyThoseAreTrustedThatJavaTrusts() {
        assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> status(Optional.empty()));
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = file("nothing");

        assertThatIOException()
                .isThrownBy(() -> new AcmeAuthorityProvider(Optional.of(empty), CLOCK))
                .withMessageContaining(empty + " holds no certificates to trust");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.pem");

        assertThatIOException()
                .isThrownBy(() -> new AcmeAuthorityProvider(Optional.of(missing), CLOCK))
                .withMessageContaining("missing.pem");
    }

    private int status(Optional<Path> authority) throws IOException, InterruptedException {
        URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        try (HttpClient client = new AcmeAuthorityProvider(authority, CLOCK).createHttpClient(new NetworkSettings())) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("trusted.pem"), text);
    }

    private static SSLContext context(InMemoryCertificateAuthority.Issued shown)
            throws GeneralSecurityException, IOException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("a", shown.key().getPrivate(), password, new Certificate[] {shown.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
