package io.interlock.app.cli.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.certificates.InMemoryCertificateAuthority;
import io.interlock.app.certificates.InMemoryCertificateAuthority.Issued;
import io.interlock.app.cli.handshake.CertificateCheckCommand.Request;
import io.interlock.app.cli.handshake.CertificateCheckCommand.Verdict;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.util.PemText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests handshakes with a real server, and what is said about them. */
@Tag("unit")
class CertificateCheckTest {

    private static final String NAME = "www.example.com";
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private final InMemoryCertificateAuthority authority = new InMemoryCertificateAuthority(now);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<SSLServerSocket> server = Optional.empty();

    @AfterEach
    void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Test
    void aGoodCertificateIsAcceptedAndItsChainIsShown() throws Exception {
        serve(authority.issue(50, NAME, "other.example.com"), true);

        assertThat(check(NAME, 0)).isEqualTo(Verdict.ACCEPTED);
        assertThat(out.toString())
                .contains(
                        "ACCEPTED",
                        "www.example.com, other.example.com",
                        "issued by CN=intermediate",
                        "issued by CN=root");
    }

    @Test
    void aWildcardCoversOneLabel() throws Exception {
        serve(authority.issue(50, "*.example.com"), true);

        assertThat(check(NAME, 0)).isEqualTo(Verdict.ACCEPTED);
        assertThat(check("a.b.example.com", 0)).isEqualTo(Verdict.REFUSED);
        assertThat(out.toString()).contains("is not for a.b.example.com, but for *.example.com");
    }

    @Test
    void aMissingIntermediateIsNamed() throws Exception {
        serve(authority.issue(50, NAME), false);

        assertThat(check(NAME, 0)).isEqualTo(Verdict.REFUSED);
        assertThat(out.toString()).contains("the chain is incomplete", "CN=intermediate");
    }

    @Test
    void anUnknownRootIsNamed() throws Exception {
        serve(authority.issue(50, NAME), true);

        assertThat(command().make(new Request(NAME, at(), 443, Optional.empty(), 0)))
                .isEqualTo(Verdict.REFUSED);
        assertThat(out.toString()).contains("does not trust the issuer CN=root", "--ca");
    }

    @Test
    void anExpiredCertificateAndOneThatEndsSoonAreNamed() throws Exception {
        serve(authority.issue(10, NAME), true);
        assertThat(check(NAME, 9)).isEqualTo(Verdict.ACCEPTED);
        assertThat(check(NAME, 14)).isEqualTo(Verdict.REFUSED);
        assertThat(out.toString()).contains("more days only");
        stop();

        serve(authority.issue(now.minusSeconds(90_000), now.minusSeconds(10), NAME), true);
        assertThat(check(NAME, 0)).isEqualTo(Verdict.REFUSED);
        assertThat(out.toString()).contains("has expired");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        Optional<String> at = Optional.of("127.0.0.1:" + PortAllocator.next());

        assertThat(command().make(new Request(NAME, at, 443, Optional.empty(), 0)))
                .isEqualTo(Verdict.REFUSED);
        assertThat(out.toString()).contains("does not answer");
    }

    @Test
    void whatIsNoNameOrNoAddressIsRefused() {
        assertThat(command().make(new Request("*.example.com", Optional.empty(), 443, Optional.empty(), 0)))
                .isEqualTo(Verdict.INVALID);
        assertThat(command().make(new Request(NAME, Optional.of("nowhere"), 443, Optional.empty(), 0)))
                .isEqualTo(Verdict.INVALID);
        assertThat(command().make(new Request(NAME, Optional.empty(), 443, Optional.of(folder.resolve("none")), 0)))
                .isEqualTo(Verdict.INVALID);
        assertThat(err.toString()).contains("is no single name", "is no HOST:PORT", "does not exist");
    }

    private Verdict check(String name, int days) throws IOException {
        Path roots = Files.writeString(folder.resolve("root.pem"), authority.rootPem());
        return command().make(new Request(name, at(), 443, Optional.of(roots), days));
    }

    private CertificateCheckCommand command() {
        return new CertificateCheckCommand(new PrintWriter(out, true), new PrintWriter(err, true), Clock.systemUTC());
    }

    private Optional<String> at() {
        return Optional.of("127.0.0.1:" + server.orElseThrow().getLocalPort());
    }

    private void serve(Issued issued, boolean isWhole) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>(List.of(issued.certificate()));
        if (isWhole) {
            chain.addAll(PemText.certificates(authority.intermediatePem()));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", issued.key().getPrivate(), PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server = Optional.of(listening);
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try (SSLSocket client = (SSLSocket) listening.accept()) {
                    client.startHandshake();
                } catch (IOException e) {
                    // The client has gone, or the server is closed.
                }
            }
        });
    }
}
