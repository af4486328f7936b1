package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class AuthServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://auth, http://auth:80/",
        "http://Auth.Example.com:9091/verify?a=b, http://auth.example.com:9091/verify?a=b",
        "http://10.0.0.1/, http://10.0.0.1:80/",
        "http://[2001:db8::1]:8080/a, http://[2001:db8:0:0:0:0:0:1]:8080/a",
        "http://[::ffff:10.0.0.1]/, http://10.0.0.1:80/",
        "http://auth_server/, http://auth_server:80/"
    })
    void aUrlOfHttpIsUnderstood(String url, String normal) {
        assertThat(AuthServerAddress.of(url)).hasToString(normal).isEqualTo(AuthServerAddress.of(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "auth",
                "https://auth/",
                "HTTP://auth/",
                "http:///a",
                "http://auth:/",
                "http://auth:0/",
                "http://auth:65536/",
                "http://auth?a",
                "http://auth/#a",
                "http://user@auth/",
                "http://user:secret@auth/",
                "http://auth/a b",
                "http://auth/a\nb",
                "http://auth/a\"b",
                "http://auth/a'b",
                "http://auth/\u00e4",
                "http://a..b/",
                "http://-a/",
                "http://1.2.3/",
                "http://1.2.3.4.5/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://a.1/",
                "http://[::1/",
                "http://[fe80::1%25eth0]/",
                "http://[1.2.3.4]x/"
            })
    void nothingElseIs(String url) {
        assertThatThrownBy(() -> AuthServerAddress.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a URL such as");
        assertThatThrownBy(() -> AuthServerAddress.of("http://auth/" + "a".repeat(1024)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "224.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[ff02::1]",
                "[::ffff:127.0.0.1]",
                "localhost",
                "LocalHost",
                "a.localhost"
            })
    void anAddressOfWhicheverMachineIsLocal(String host) {
        assertThat(AuthServerAddress.of("http://" + host + ":80/").isLocal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.0.1", "[2001:db8::1]", "auth", "localhost.example.com"})
    void anyOtherIsNot(String host) {
        assertThat(AuthServerAddress.of("http://" + host + "/").isLocal()).isFalse();
    }
}
