package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigVariables;
import io.interlock.app.config.pem.PemSource;
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

/** Tests the values that come from environment variables and from files with secrets. */
@Tag("unit")
class ConfigVariablesTest {

    private static final String SECRET = "s3cret-word";

    @TempDir
    Path folder;

    @Test
    void everyKeyHasAVariableOfItsOwn() {
        List<String> variables = ConfigKeys.sections().stream()
                .flatMap(section -> section.keys().stream())
                .map(ConfigKey::variable)
                .toList();

        assertThat(variables)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(ConfigVariables.PROCESS)
                .allMatch(name -> name.matches("INTERLOCK_[A-Z0-9_]+"))
                .contains("INTERLOCK_TLS_PORT", "INTERLOCK_ENGINES_N_ENGINE_ADDR", "INTERLOCK_STATS_PASSWORD_FILE");
    }

    @Test
    void aVariableOverridesTheFileAndTheCommandLineOverridesBoth() throws IOException {
        Map<String, String> variables = Map.of("INTERLOCK_PORT", "81", "INTERLOCK_MAX_CONN", "7");

        assertThat(valid("{\"port\": 80, \"max_conn\": 6}", variables).proxy().port())
                .isEqualTo(81);
        assertThat(valid("{\"port\": 80, \"max_conn\": 6}", variables).proxy().maxConnections())
                .isEqualTo(7);
        assertThat(valid(read(
                                "{\"port\": 80}",
                                variables,
                                new CommandLineOverrides(Optional.empty(), Optional.of("82"), Optional.empty())))
                        .proxy()
                        .port())
                .isEqualTo(82);
    }

    @Test
    void valuesHaveTheTypeOfTheirKey() throws IOException {
        InterlockConfig config = valid(
                "{\"engines\": [{\"engine\": {\"id\": \"one\", \"cpus\": 2}}]}",
                Map.ofEntries(
                        Map.entry("INTERLOCK_TLS_PORT", "443"),
                        Map.entry("INTERLOCK_TLS_MIN_VERSION", "1.3"),
                        Map.entry("INTERLOCK_TLS_HTTP3", "true"),
                        Map.entry("INTERLOCK_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.0/24"),
                        Map.entry("INTERLOCK_STATS_USER", "12345"),
                        Map.entry("INTERLOCK_STATS_PASSWORD", "true"),
                        Map.entry("INTERLOCK_ENGINES_0_ENGINE_CPUS", "4.5"),
                        Map.entry("INTERLOCK_ENGINES_1_ENGINE_ID", "two"),
                        Map.entry("INTERLOCK_ENGINES_1_ENGINE_LABELS", "[\"a,b\"]"),
                        Map.entry("INTERLOCK_REQUEST_LOG_FORMAT", "json"),
                        Map.entry("INTERLOCK_LIMITS_EXPRESSIONS", "3"),
                        Map.entry("INTERLOCK_OWNERSHIP", "[{\"owner\": \"a\", \"who\": {\"project\": \"b\"}}]"),
                        Map.entry("INTERLOCK_OWNERSHIP_0_MAY_NAMES", "a.example,b.example"),
                        Map.entry("INTERLOCK_MAX_CONN", "")));

        assertThat(config.https().orElseThrow().settings().port()).isEqualTo(443);
        assertThat(config.https().orElseThrow().settings().http3()).isTrue();
        assertThat(config.proxy().listeners().trustedProxies()).hasSize(2);
        assertThat(config.proxy().statsCredentials().orElseThrow().password().reveal())
                .isEqualTo("true");
        assertThat(config.proxy().maxConnections()).isEqualTo(2048);
        assertThat(config.engines()).extracting(EngineConfig::id).containsExactly("one", "two");
        assertThat(config.engines().getFirst().cpus()).isEqualTo(4.5);
        assertThat(config.engines().getLast().labels()).containsExactly("a,b");
        assertThat(config.containerPolicy().limits().expressions()).isEqualTo(3);
        assertThat(config.containerPolicy().ownership().rules().getFirst().may().names())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTERLOCK_PORT|tcp://10.0.0.1:80|environment variable INTERLOCK_PORT: expected a whole number, found \"tcp://10.0.0.1:80\"",
                "INTERLOCK_PORT|70000|environment variable INTERLOCK_PORT: expected a whole number from 1 to 65535, found 70000",
                "INTERLOCK_TLS_HTTP3|yes|environment variable INTERLOCK_TLS_HTTP3: expected a true or false, found \"yes\"",
                "INTERLOCK_TLS_PLAIN_HTTP|x|environment variable INTERLOCK_TLS_PLAIN_HTTP: expected",
                "INTERLOCK_ENGINES|[{\"s3cret-word|environment variable INTERLOCK_ENGINES: expected a list of objects in JSON, found a text that is none",
                "INTERLOCK_ENGINES|[{\"engin\": {}}]|environment variable INTERLOCK_ENGINES: expected a key that Interlock knows",
                "INTERLOCK_ENGINES_0_ENGINE_ADDR|ftp://x|environment variable INTERLOCK_ENGINES_0_ENGINE_ADDR: expected",
                "INTERLOCK_STATS_PASSWORD_FILE|/no/such|environment variable INTERLOCK_STATS_PASSWORD_FILE: expected a readable file with 1 to 256 printable ASCII characters, found no such file"
            })
    void aWrongValueIsToldWithItsVariable(String variable, String value, String expected) throws IOException {
        assertThat(problems(read("{\"stats_user\": \"u\"}", Map.of(variable, value), CommandLineOverrides.NONE)))
                .anySatisfy(problem -> assertThat(problem).startsWith(expected))
                .allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
    }

    @Test
    void aVariableThatSetsNothingIsToldWithTheOneThatWasMeant() throws IOException {
        ConfigResult.Valid result = (ConfigResult.Valid) read(
                "{}",
                Map.of(
                        "INTERLOCK_TLS_PROT", "1",
                        "INTERLOCK_ENGINES_7_ENGINE_ID", "x",
                        "INTERLOCK_LOG_LEVEL", "INFO",
                        "INTERLOCK_PLUGINS_STATS_PORT", "1",
                        "OTHER", "x"),
                CommandLineOverrides.NONE);

        assertThat(result.warnings())
                .containsExactly(
                        "environment variable INTERLOCK_ENGINES_7_ENGINE_ID sets no key of Interlock and is ignored; did you mean INTERLOCK_ENGINES_N_ENGINE_ID?",
                        "environment variable INTERLOCK_TLS_PROT sets no key of Interlock and is ignored; did you mean INTERLOCK_TLS_PORT?");
    }

    @ParameterizedTest
    @CsvSource({"s3cret-word,s3cret-word", "'s3cret-word\n',s3cret-word", "'s3cret-word\r\n',s3cret-word"})
    void aSecretMayStandInAFileWithOrWithoutTheEndOfItsLine(String content, String secret) throws IOException {
        Files.writeString(folder.resolve("secret"), content);

        assertThat(valid("{\"stats_user\": \"u\", \"stats_password_file\": \"secret\"}", Map.of())
                        .proxy()
                        .statsCredentials()
                        .orElseThrow()
                        .password()
                        .reveal())
                .isEqualTo(secret);
    }

    @Test
    void aVariableForASecretReplacesItsFileAndTheOtherWayRound() throws IOException {
        Files.writeString(folder.resolve("secret"), SECRET);

        assertThat(password("\"stats_password_file\": \"secret\"", Map.of("INTERLOCK_STATS_PASSWORD", "other")))
                .isEqualTo("other");
        assertThat(password("\"stats_password\": \"other\"", Map.of("INTERLOCK_STATS_PASSWORD_FILE", "secret")))
                .isEqualTo(SECRET);
        assertThat(password(
                        "\"stats_password_file\": \"nowhere\"",
                        Map.of("INTERLOCK_STATS_PASSWORD_FILE", folder + "/secret")))
                .isEqualTo(SECRET);
    }

    @Test
    void bothASecretAndItsFileAreAProblem() throws IOException {
        Files.writeString(folder.resolve("secret"), SECRET);

        assertThat(problems(read(
                        "{\"stats_user\": \"u\", \"stats_password\": \"a\", \"stats_password_file\": \"secret\"}",
                        Map.of(),
                        CommandLineOverrides.NONE)))
                .containsExactly(
                        "controller.json:1:67: $.stats_password_file: expected either stats_password or stats_password_file, found both");
        assertThat(problems(read(
                        "{\"stats_user\": \"u\"}",
                        Map.of("INTERLOCK_STATS_PASSWORD", "a", "INTERLOCK_STATS_PASSWORD_FILE", "secret"),
                        CommandLineOverrides.NONE)))
                .singleElement()
                .asString()
                .startsWith("environment variable INTERLOCK_STATS_PASSWORD_FILE: expected either");
    }

    @Test
    void aFileWithAWrongSecretIsToldAtItsKeyAndWithoutTheSecret() throws IOException {
        Files.writeString(folder.resolve("two-lines"), SECRET + "\n" + SECRET);
        Files.writeString(folder.resolve("large"), SECRET.repeat(1_000));
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        Files.createDirectory(folder.resolve("folder"));
        Files.createFile(folder.resolve("empty"));

        for (String file : List.of("two-lines", "large", "binary", "folder", "empty", "missing")) {
            assertThat(problems(read(
                            "{\"stats_user\": \"u\", \"stats_password_file\": \"" + file + "\"}",
                            Map.of(),
                            CommandLineOverrides.NONE)))
                    .as(file)
                    .anySatisfy(problem -> assertThat(problem).contains("stats_password_file"))
                    .allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
        }
    }

    @Test
    void theKeyOfAnEngineMayBeNamedAsAFileWhichIsReadAtEachConnection() throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.ec();
        Files.writeString(folder.resolve("cert.pem"), certificate.certificate());
        Files.writeString(folder.resolve("key.pem"), certificate.pkcs8());

        assertThat(valid(
                                "{\"engines\": [{\"engine\": {\"addr\": \"https://10.0.0.1:2376\"}, \"ssl_cert\": \"cert.pem\","
                                        + " \"ssl_key_file\": \"key.pem\"}]}",
                                Map.of())
                        .engines()
                        .getFirst()
                        .clientKey())
                .contains(new PemSource.File(folder.resolve("key.pem")));
    }

    private String password(String keys, Map<String, String> variables) throws IOException {
        return valid("{\"stats_user\": \"u\", " + keys + "}", variables)
                .proxy()
                .statsCredentials()
                .orElseThrow()
                .password()
                .reveal();
    }

    private InterlockConfig valid(String json, Map<String, String> variables) throws IOException {
        return valid(read(json, variables, CommandLineOverrides.NONE));
    }

    private static InterlockConfig valid(ConfigResult result) {
        assertThat(problems(result)).isEmpty();
        return ((ConfigResult.Valid) result).config();
    }

    private ConfigResult read(String json, Map<String, String> variables, CommandLineOverrides overrides)
            throws IOException {
        Files.writeString(folder.resolve("controller.json"), json);
        return new ConfigReader(new ProcessEnvironment(variables, folder, Optional.empty(), true))
                .read(Optional.of(Path.of("controller.json")), overrides);
    }

    private static List<String> problems(ConfigResult result) {
        return result instanceof ConfigResult.Invalid invalid
                ? invalid.problems().stream().map(ConfigProblem::toString).toList()
                : List.of();
    }
}
