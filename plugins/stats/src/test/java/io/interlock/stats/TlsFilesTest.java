package io.interlock.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.stats.http.SslContextFactory;
import io.interlock.util.PemText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class TlsFilesTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String COMMENT = "# für München\n";

    @TempDir
    private Path folder;

    @Test
    void aCertificateAndItsKeyMayHaveCommentsInAnyEncoding() throws Exception {
        KeyStore store = generate();
        Path certificate = put(
                "c.pem",
                PemText.block("X509 CERTIFICATE", store.getCertificate("k").getEncoded()));
        Path key = put(
                "k.pem",
                PemText.block("PRIVATE KEY", store.getKey("k", PASSWORD).getEncoded()));

        assertThat(SslContextFactory.of(certificate, key).getProtocol()).isEqualTo("TLS");
        assertThat(SslContextFactory.of(certificate, key)
                        .getServerSessionContext()
                        .getSessionCacheSize())
                .isEqualTo(64);
    }

    @Test
    void anotherFormOfKeyIsTold() throws IOException {
        Path key = put("k.pem", PemText.block("EC PRIVATE KEY", new byte[] {1}));

        assertThatThrownBy(() -> SslContextFactory.of(folder.resolve("c.pem"), key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls_key " + key)
                .hasMessageContaining("but text without a PEM block PRIVATE KEY, but with EC PRIVATE KEY");
    }

    @Test
    void aFileWithoutACertificateIsTold() throws Exception {
        KeyStore store = generate();
        Path key = put(
                "k.pem",
                PemText.block("PRIVATE KEY", store.getKey("k", PASSWORD).getEncoded()));
        Path request = put("c.pem", PemText.block("CERTIFICATE REQUEST", new byte[] {1}));

        assertThatThrownBy(() -> SslContextFactory.of(request, key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls_cert " + request)
                .hasMessageContaining("but with CERTIFICATE REQUEST");
    }

    private Path put(String name, String pem) throws IOException {
        return Files.write(folder.resolve(name), (COMMENT + pem).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A key and its certificate, created by the JDK's own tool. */
    private KeyStore generate() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
