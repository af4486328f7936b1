package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.AuthorityConfig.ExternalAccount;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the account at an authority that asks for external account binding, and the folder. */
@Tag("unit")
class AcmeConfigTest {

    private static final String KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    @TempDir
    Path folder;

    @Test
    void theKeyMayStandInTheConfigurationOrInAFile() throws IOException {
        Files.writeString(folder.resolve("key"), KEY.replace('_', '/') + "==\n");

        assertThat(account("\"key_id\": \"kid-1\", \"hmac_key\": \"" + KEY + "\""))
                .contains(new ExternalAccount("kid-1", KEY));
        assertThat(account("\"key_id\": \"kid-1\", \"hmac_key_file\": \"key\""))
                .contains(new ExternalAccount("kid-1", KEY));
        assertThat(account("\"key_id\": \"kid-1\", \"hmac_key\": \"" + KEY + "\"")
                        .toString())
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "`key_id`: `a`|either hmac_key or hmac_key_file, found neither",
                "`key_id`: `a`, `hmac_key`: `KEY`, `hmac_key_file`: `key`|either hmac_key or hmac_key_file, found both",
                "`hmac_key`: `KEY`|the name of the key at the certificate authority, found nothing",
                "`key_id`: `a b`, `hmac_key`: `KEY`|1 to 256 printable ASCII characters",
                "`key_id`: `a`, `hmac_key`: `short secret`|a key of 32 to 512 bytes in base64url",
                "`key_id`: `a`, `hmac_key_file`: `missing`|a readable file with a key of 32 to 512 bytes",
                "`key_id`: `a`, `hmac_key_file`: `wrong`|a key of 32 to 512 bytes in base64url",
                "`key_id`: `a`, `hmac_key_file`: `large`|a readable file with a key of 32 to 512 bytes"
            })
    void whatIsWrongIsToldWithoutTheKey(String account, String expected) throws IOException {
        Files.writeString(folder.resolve("key"), KEY);
        Files.writeString(folder.resolve("wrong"), "short secret");
        Files.writeString(folder.resolve("large"), "secret".repeat(10_000));

        assertThat(problems(read(account.replace('`', '"').replace("KEY", KEY), "acme")))
                .anySatisfy(problem -> assertThat(problem).contains(expected))
                .allSatisfy(problem -> assertThat(problem).doesNotContain("secret", KEY));
    }

    @Test
    void aFolderThatIsALinkToNothingIsTold() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        for (String dir : List.of("link", "link/acme")) {
            assertThat(problems(read("\"key_id\": \"a\", \"hmac_key\": \"" + KEY + "\"", dir)))
                    .singleElement()
                    .asString()
                    .contains("$.tls.acme.dir", "the path of a folder", "is a link to something that does not exist");
        }
    }

    @Test
    void fallbacksHaveKeysOfTheirOwn() throws IOException {
        AcmeConfig acme = acme("""
                "key_type": "rsa2048", "profile": "tlsserver", "preferred_chain": "ISRG Root X1", "email": "a@example.com",
                "fallbacks": [{"directory": "https://other.example.com/dir", "profile": "shortlived"}]""");

        assertThat(acme.keyType()).isEqualTo(CertificateKeyType.RSA2048);
        assertThat(acme.authorities()).hasSize(2);
        assertThat(acme.authorities().getFirst().preferredChain()).contains("ISRG Root X1");
        assertThat(acme.authorities().getFirst().profile()).contains("tlsserver");
        assertThat(acme.authorities().getLast().directory()).hasHost("other.example.com");
        assertThat(acme.authorities().getLast().profile()).contains("shortlived");
        assertThat(acme.authorities().getLast().email()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "`fallbacks`: [{}]|$.tls.acme.fallbacks[0]",
                "`fallbacks`: [{`directory`: `http://a.example.com/`}]|the https:// address",
                "`fallbacks`: [{`directory`: `https://a.example.com/`}, {`directory`: `https://a.example.com/`}]|is not listed yet",
                "`directory`: `https://a.example.com/`, `fallbacks`: [{`directory`: `https://a.example.com/`}]|is not listed yet",
                "`fallbacks`: [{`directory`: `https://a.example.com/`, `dir`: `x`}]|a key that Interlock knows",
                "`key_type`: `rsa1024`|expected `p256`",
                "`profile`: `a b`|the name of a profile"
            })
    void aWrongAuthorityIsNamedWithItsPlace(String keys, String expected) throws IOException {
        assertThat(problems(read(keys.replace('`', '"'))))
                .anySatisfy(problem -> assertThat(problem).contains(expected.replace('`', '"')));
    }

    private AcmeConfig acme(String keys) throws IOException {
        return switch (read(keys)) {
            case ConfigResult.Valid valid ->
                valid.config().https().orElseThrow().acme().orElseThrow();
            case ConfigResult.Invalid invalid -> throw new AssertionError(problems(invalid));
        };
    }

    private ConfigResult read(String keys) throws IOException {
        Files.writeString(
                folder.resolve("controller.json"), "{\"tls\": {\"acme\": {\"terms_agreed\": true, " + keys + "}}}");
        return new ConfigReader(new ProcessEnvironment(Map.of(), folder, Optional.empty(), true))
                .read(Optional.of(Path.of("controller.json")), CommandLineOverrides.NONE);
    }

    private Optional<ExternalAccount> account(String json) throws IOException {
        return switch (read(json, "acme")) {
            case ConfigResult.Valid valid ->
                valid.config()
                        .https()
                        .orElseThrow()
                        .acme()
                        .orElseThrow()
                        .authorities()
                        .getFirst()
                        .externalAccount();
            case ConfigResult.Invalid invalid -> throw new AssertionError(problems(invalid));
        };
    }

    private ConfigResult read(String account, String dir) throws IOException {
        Files.writeString(folder.resolve("controller.json"), """
                {"tls": {"acme": {"terms_agreed": true, "dir": "%s", "external_account": {%s}}}}""".formatted(dir, account));
        return new ConfigReader(new ProcessEnvironment(Map.of(), folder, Optional.empty(), true))
                .read(Optional.of(Path.of("controller.json")), CommandLineOverrides.NONE);
    }

    private static List<String> problems(ConfigResult result) {
        return result instanceof ConfigResult.Invalid invalid
                ? invalid.problems().stream().map(ConfigProblem::toString).toList()
                : List.of();
    }
}
