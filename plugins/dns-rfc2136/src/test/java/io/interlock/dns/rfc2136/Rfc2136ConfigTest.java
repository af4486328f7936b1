package io.interlock.dns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.SecretText;
import io.interlock.testkit.TestPluginContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the section of the configuration. */
@Tag("unit")
class Rfc2136ConfigTest {

    private static final String SECRET = "c2VjcmV0IG9mIGEga2V5";

    @TempDir
    Path folder;

    @Test
    void anEmptySectionIsBoundAndTellsAtUseWhatIsMissing() {
        Rfc2136Config empty = config(null, null, null, null, null);
        assertThatThrownBy(() -> new Rfc2136Factory().create(empty, new TestPluginContext(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"server\" is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "ns.example.com, ns.example.com, 53",
        "ns.example.com:5353, ns.example.com, 5353",
        "192.0.2.1:53, 192.0.2.1, 53",
        "[2001:db8::1]:5353, 2001:db8::1, 5353",
        "[2001:db8::1], 2001:db8::1, 53"
    })
    void theServerMayHaveAPort(String server, String host, int port) {
        assertThat(Rfc2136Config.host(server)).isEqualTo(host);
        assertThat(config(server, null, null, null, null).serverPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "'ns example', , , , , server is",
        "ns:99999, , , , , server is",
        "ns, key, , , , key_name needs key_secret",
        "ns, , , c2VjcmV0IG9mIGEga2V5, , key_name needs key_secret",
        "ns, key, hmac-sha3, c2VjcmV0IG9mIGEga2V5, , key_algorithm is",
        "ns, key, , 'no base64!', , key_secret is not a key",
        "ns, , , , 90000, ttl is 90000"
    })
    void aWrongValueIsNamedWithoutTheSecret(
            String server,
            @Nullable String keyName,
            @Nullable String algorithm,
            @Nullable String secret,
            @Nullable Integer ttl,
            String expected) {
        assertThatThrownBy(() -> config(server, keyName, algorithm, secret, ttl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("no base64!");
    }

    @Test
    void aTextShowsNoSecret() {
        assertThat(config("ns", "key", null, SECRET, null).toString()).doesNotContain(SECRET);
    }

    private static Rfc2136Config config(
            @Nullable String server,
            @Nullable String keyName,
            @Nullable String algorithm,
            @Nullable String secret,
            @Nullable Integer ttl) {
        return new Rfc2136Config(
                Optional.ofNullable(server),
                Optional.ofNullable(keyName),
                algorithm,
                Optional.ofNullable(secret).map(SecretText::of),
                Optional.empty(),
                ttl);
    }
}
