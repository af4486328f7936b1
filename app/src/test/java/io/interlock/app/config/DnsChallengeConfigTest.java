package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which names get their certificates by way of the DNS, and how the configuration says so. */
@Tag("unit")
class DnsChallengeConfigTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "*.example.com, true",
        "www.example.com, true",
        "a.b.example.com, true",
        "example.org, true",
        "example.com, false",
        "www.example.org, false",
        "notexample.com, false",
        "*, false",
        "~^a[0-9]+\\.example\\.com$, false"
    })
    void anEntryAppliesToItsNamesAndWhatIsBelowItsWildcards(String name, boolean applies) {
        assertThat(entry(false).applies(HostName.of(name))).isEqualTo(applies);
    }

    @Test
    void aWildcardServesOneLabelIfTheOperatorSaysSo() {
        HostName www = HostName.of("www.example.com");
        HostName deep = HostName.of("a.b.example.com");
        HostName wildcard = HostName.of("*.example.com");

        assertThat(entry(false).certified(www)).isEqualTo(www);
        assertThat(entry(true).certified(www)).isEqualTo(wildcard);
        assertThat(entry(true).certified(deep)).isEqualTo(deep);
        assertThat(entry(true).certified(wildcard)).isEqualTo(wildcard);
    }

    @Test
    void allKeysOfAnEntryAreRead() throws IOException {
        AcmeConfig acme = valid("""
                {"names": ["*.example.com", "Example.com"], "provider": "rfc2136", "share_wildcard": true, "timeout": 30,
                 "servers": ["192.0.2.1", "192.0.2.1:5353", "2001:db8::1", "[2001:db8::1]:5353"]}""");

        assertThat(acme.dns())
                .containsExactly(new DnsChallengeConfig(
                        List.of(HostName.of("*.example.com"), HostName.of("example.com")),
                        "rfc2136",
                        List.of(
                                new InetSocketAddress("192.0.2.1", 53),
                                new InetSocketAddress("192.0.2.1", 5353),
                                new InetSocketAddress("2001:db8::1", 53),
                                new InetSocketAddress("2001:db8::1", 5353)),
                        Duration.ofSeconds(30),
                        true));
        assertThat(acme.isOrderable(HostName.of("*.example.com"))).isTrue();
        assertThat(acme.isOrderable(HostName.of("*.example.org"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{`provider`: `exec`}|$.tls.acme.dns[0].names",
                "{`names`: [`a.example.com`]}|$.tls.acme.dns[0].provider",
                "{`names`: [`~^a$`], `provider`: `exec`}|a host name, *.DOMAIN",
                "{`names`: [`a.example.com`], `provider`: `a b`}|the name of a DNS provider",
                "{`names`: [`a.example.com`], `provider`: `exec`, `servers`: [`ns.example.com`]}|an IP address",
                "{`names`: [`a.example.com`], `provider`: `exec`, `servers`: [`192.0.2.1:99999`]}|an IP address",
                "{`names`: [`a.example.com`], `provider`: `exec`, `timeout`: 4000}|1 to 3600",
                "{`names`: [`a.example.com`], `provider`: `exec`, `name`: 1}|a key that Interlock knows"
            })
    void aWrongValueIsNamedWithItsPlace(String entry, String expected) throws IOException {
        assertThat(read(entry.replace('`', '"')))
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(ConfigProblem::toString)
                                .anySatisfy(problem -> assertThat(problem).contains(expected)));
    }

    private static DnsChallengeConfig entry(boolean sharesWildcard) {
        return new DnsChallengeConfig(
                List.of(HostName.of("*.example.com"), HostName.of("example.org")),
                "test",
                List.of(),
                Duration.ofSeconds(1),
                sharesWildcard);
    }

    private AcmeConfig valid(String entry) throws IOException {
        return switch (read(entry)) {
            case ConfigResult.Valid valid ->
                valid.config().https().orElseThrow().acme().orElseThrow();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private ConfigResult read(String entry) throws IOException {
        Files.writeString(
                folder.resolve("controller.json"),
                "{\"tls\": {\"acme\": {\"terms_agreed\": true, \"dns\": [" + entry + "]}}}");
        return new ConfigReader(new ProcessEnvironment(Map.of(), folder, Optional.empty(), true))
                .read(Optional.of(Path.of("controller.json")), CommandLineOverrides.NONE);
    }
}
