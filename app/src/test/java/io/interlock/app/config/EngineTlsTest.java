package io.interlock.app.config;

import static io.interlock.app.config.ConfigReaderTest.problems;
import static io.interlock.app.config.ConfigReaderTest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.pem.PemSource;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.util.PemText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class EngineTlsTest {

    private static final String EXPECTED_KEY =
            ": expected a readable file with a PEM private key, or the PEM text itself";

    private static SelfSignedCertificate rsa;
    private static SelfSignedCertificate ec;
    private static SelfSignedCertificate ed;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        rsa = SelfSignedCertificate.rsa();
        ec = SelfSignedCertificate.ec();
        ed = SelfSignedCertificate.ed25519();
    }

    @Test
    void aCertificateAndItsKeyAreTakenFromFilesBesideTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("cert.pem"), "Bag Attributes\n" + rsa.certificate() + ec.certificate());
        Files.writeString(folder.resolve("key.pem"), rsa.pkcs8());
        Files.writeString(folder.resolve("ca.pem"), ec.certificate() + rsa.certificate());

        EngineConfig engine = valid(read("tcp://1.2.3.4", "cert.pem", "key.pem", "ca.pem"))
                .engines()
                .getFirst();

        assertThat(engine.address()).isEqualTo(URI.create("tcp://1.2.3.4:2376"));
        assertThat(engine.clientCertificate()).contains(new PemSource.File(folder.resolve("cert.pem")));
        assertThat(engine.clientKey()).contains(new PemSource.File(folder.resolve("key.pem")));
        assertThat(engine.ca()).contains(new PemSource.File(folder.resolve("ca.pem")));
    }

    @Test
    void aCertificateAndItsKeyMayStandInTheConfigurationItself() throws IOException {
        for (SelfSignedCertificate keys : List.of(rsa, ec, ed)) {
            ConfigResult result = read("https://engine.example.com", keys.certificate(), keys.pkcs8(), "");

            assertThat(valid(result).engines().getFirst().clientKey()).contains(new PemSource.Text(keys.pkcs8()));
            assertThat(result.toString()).doesNotContain(keys.pkcs8().substring(30, 60));
        }
    }

    @Test
    void theOlderFormsOfKeysAreTakenToo() throws IOException {
        // PKCS#8 contains the older forms after its header: 26 bytes for this RSA key, 28 and without the curve for
        // this EC key.
        byte[] pkcs1 = Arrays.copyOfRange(rsa.der(), 26, rsa.der().length);
        byte[] sec1 = withCurve(Arrays.copyOfRange(ec.der(), 28, ec.der().length));

        valid(read("https://e", rsa.certificate(), SelfSignedCertificate.pem("RSA PRIVATE KEY", pkcs1), ""));
        valid(read("https://e", ec.certificate(), SelfSignedCertificate.pem("EC PRIVATE KEY", sec1), ""));
    }

    @Test
    void theParametersBeforeAKeyAreSkipped() throws IOException {
        byte[] sec1 = withCurve(Arrays.copyOfRange(ec.der(), 28, ec.der().length));
        String parameters = PemText.block(
                "EC PARAMETERS", new byte[] {0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x03, 0x01, 0x07});

        valid(read("https://e", ec.certificate(), parameters + SelfSignedCertificate.pem("EC PRIVATE KEY", sec1), ""));
    }

    @Test
    void anEncryptedKeyIsTold() throws IOException {
        String pkcs8 = SelfSignedCertificate.pem("ENCRYPTED PRIVATE KEY", rsa.der());
        String older = SelfSignedCertificate.pem("RSA PRIVATE KEY", rsa.der())
                .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n");

        for (String key : List.of(pkcs8, older)) {
            assertThat(problems(read("https://e", rsa.certificate(), key, "")))
                    .singleElement()
                    .asString()
                    .contains("found an encrypted key");
        }
    }

    @Test
    void commentsOfCertificatesMayBeInAnyEncoding() throws IOException {
        byte[] pem = ("# für München\n" + rsa.certificate()).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("ca.pem"), pem);

        valid(read("https://e", "", "", "ca.pem"));
    }

    @Test
    void anAuthorityAloneIsEnough() throws IOException {
        assertThat(valid(read("https://e", "", "", rsa.certificate()))
                        .engines()
                        .getFirst()
                        .ca())
                .isPresent();
    }

    @Test
    void aKeyOfAnotherCertificateIsAProblem() throws IOException {
        for (SelfSignedCertificate other : List.of(ec, ed)) {
            assertThat(problems(read("https://e", rsa.certificate(), other.pkcs8(), "")))
                    .singleElement()
                    .asString()
                    .contains("$.engines[0].ssl_key: expected the private key of the first certificate in ssl_cert,"
                            + " found the key of another");
        }
    }

    @Test
    void aCertificateWithoutAKeyIsAProblem() throws IOException {
        assertThat(problems(read("https://e", rsa.certificate(), "", "")))
                .singleElement()
                .asString()
                .contains(
                        "$.engines[0].ssl_cert: expected a private key with this certificate, in ssl_key, found none");
    }

    @Test
    void damagedKeysAreProblemsThatDoNotShowThem() throws IOException {
        String damaged = rsa.pkcs8().replaceFirst("\n[^\n]{40}", "\n");
        String noCurve = SelfSignedCertificate.pem("EC PRIVATE KEY", Arrays.copyOfRange(ec.der(), 28, ec.der().length));
        String withoutFrame = rsa.pkcs8().lines().skip(1).findFirst().orElseThrow();

        for (String key : List.of(damaged, noCurve, withoutFrame, rsa.certificate())) {
            List<String> problems = problems(read("https://e", rsa.certificate(), key, ""));

            assertThat(problems)
                    .singleElement()
                    .asString()
                    .contains(EXPECTED_KEY)
                    .hasSizeLessThan(260);
            assertThat(problems.getFirst()).doesNotContain(key.substring(30, 60));
        }
    }

    @Test
    void certificatesNeedAnAddressThatUsesThem() throws IOException {
        assertThat(problems(read("unix:///var/run/docker.sock", "", "", rsa.certificate())))
                .singleElement()
                .asString()
                .contains("expected tcp:// or https:// because certificates are given");
    }

    @Test
    void theVariablesOfDockerNameTheEngine() {
        assertThat(engineOf(Map.of("DOCKER_HOST", "tcp://10.0.0.1:4243", "DOCKER_TLS_VERIFY", ""))
                        .address())
                .isEqualTo(URI.create("tcp://10.0.0.1:4243"));
        assertThat(engineOf(Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock", "DOCKER_TLS_VERIFY", "1"))
                        .address())
                .isEqualTo(URI.create("unix:///run/user/1000/docker.sock"));
        assertThat(engineOf(Map.of("DOCKER_HOST", "")).address()).isEqualTo(URI.create("unix:///var/run/docker.sock"));
    }

    @Test
    void theVariablesOfDockerNameTheCertificates() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), rsa.certificate());
        Map<String, String> environment = Map.of(
                "DOCKER_HOST", "tcp://10.0.0.1", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString());

        EngineConfig without = engineOf(environment);
        Files.writeString(folder.resolve("cert.pem"), ec.certificate());
        Files.writeString(folder.resolve("key.pem"), ec.pkcs8());
        EngineConfig with = engineOf(environment);

        assertThat(without.address()).isEqualTo(URI.create("tcp://10.0.0.1:2376"));
        assertThat(without.ca()).contains(new PemSource.File(folder.resolve("ca.pem")));
        assertThat(without.clientCertificate()).isEmpty();
        assertThat(with.clientCertificate()).contains(new PemSource.File(folder.resolve("cert.pem")));
        assertThat(with.clientKey()).contains(new PemSource.File(folder.resolve("key.pem")));
    }

    @Test
    void whatIsWrongWithTheVariablesOfDockerIsAProblem() {
        assertThat(problems(read(Map.of("DOCKER_HOST", "ssh://me@host"))))
                .singleElement()
                .asString()
                .startsWith("environment variable DOCKER_HOST: expected unix:///PATH, tcp://HOST:PORT")
                .endsWith("ssh:// is not supported");
        assertThat(problems(read(Map.of("DOCKER_HOST", "tcp://h", "DOCKER_TLS_VERIFY", "1", "HOME", "/no/such"))))
                .singleElement()
                .asString()
                .startsWith("environment variable DOCKER_TLS_VERIFY: expected a readable file with a PEM certificate")
                .endsWith("found no such file: \"/no/such/.docker/ca.pem\"");
        assertThat(problems(read(Map.of("DOCKER_HOST", "tcp://h", "DOCKER_TLS_VERIFY", "1"))))
                .containsExactly("environment variable DOCKER_TLS_VERIFY: expected the path of the folder of ca.pem,"
                        + " cert.pem and key.pem in DOCKER_CERT_PATH, found none");
    }

    private EngineConfig engineOf(Map<String, String> environment) {
        return valid(read(environment)).engines().getFirst();
    }

    private ConfigResult read(Map<String, String> environment) {
        return new ConfigReader(new ProcessEnvironment(environment, folder, Optional.empty(), true))
                .read(Optional.empty(), CommandLineOverrides.NONE);
    }

    private ConfigResult read(String address, String certificate, String key, String ca) throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode entry = document.putArray("engines").addObject();
        entry.putObject("engine").put("addr", address);
        entry.put("ssl_cert", certificate).put("ssl_key", key).put("ca_cert", ca);
        Files.writeString(folder.resolve("f.json"), document.toString());
        return new ConfigReader(new ProcessEnvironment(Map.of(), folder, Optional.empty(), true))
                .read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE);
    }

    /** Inserts the curve secp256r1 after version and key, as OpenSSL does. */
    private static byte[] withCurve(byte[] sec1) {
        byte[] curve = {(byte) 0xA0, 0x0A, 0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x03, 0x01, 0x07};
        int keyEnd = 2 + 3 + 34;
        byte[] all = new byte[keyEnd + curve.length];
        System.arraycopy(sec1, 0, all, 0, keyEnd);
        System.arraycopy(curve, 0, all, keyEnd, curve.length);
        all[1] = (byte) (all.length - 2);
        return all;
    }
}
