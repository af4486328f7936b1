package io.interlock.haproxy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.HeaderChange;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ConfigSecretMaskTest {

    private static final String LINES = """
                http-request set-header X-A %s
                http-check send meth GET uri / hdr X-A %s hdr Host b
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "    stats auth ops:s3cret|    stats auth ops:…",
                "http-request del-header authorization if { req.hdr(authorization),word(2,' '),b64dec -m str -- ops:s3cret }|http-request del-header authorization if { req.hdr(authorization),word(2,' '),b64dec -m str -- …",
                "    user alice password $5$abc$s3cret|    user alice password …",
                "    user alice insecure-password s3cret groups a|    user alice insecure-password …",
                "http-request set-header X-A s3cret|http-request set-header X-A …",
                "http-request set-header X-A 'Bearer it'\\''s s3cret' if { ssl_fc }|http-request set-header X-A … if { ssl_fc }",
                "http-response add-header Set-Cookie \"a=\\\"s3cret\"|http-response add-header Set-Cookie …",
                "http-after-response set-header X-A s3cret\\ and|http-after-response set-header X-A …",
                "http-check send meth GET uri / hdr X-A s3cret hdr X-B 's3cret too'|http-check send meth GET uri / hdr X-A … hdr X-B …",
                "http-check send meth GET uri / ver HTTP/1.1 hdr Host a.example hdr X-A s3cret|http-check send meth GET uri / ver HTTP/1.1 hdr Host a.example hdr X-A …",
            })
    void secretsAreReplaced(String line, String shown) {
        assertThat(ConfigSecretMask.mask(line)).isEqualTo(shown);
    }

    /** The lines are those of PolicyDirectives and HealthCheckDirectives. */
    @Test
    void noValueThatAHeaderMayHaveStays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String value = noise(random) + "s3cret" + noise(random);
            HeaderChange header = HeaderChange.set("X-A", value);
            String word =
                    HaproxyQuoting.quote(header.value().orElseThrow().reveal().replace("%", "%%"));
            assertThat(ConfigSecretMask.mask(LINES.formatted(word, word)))
                    .as("seed %d, %s", seed, value)
                    .isEqualTo(LINES.formatted("…", "…"));
        }
    }

    private static String noise(Random random) {
        return random.ints(1 + random.nextInt(8), 0, 12)
                .mapToObj(i -> List.of("a", "'", "\"", "\\", "%", "#", "$", "{", "x y", "=", ";", "%[")
                        .get(i))
                .collect(Collectors.joining());
    }

    @Test
    void everythingElseStays() {
        String text = """
                http-request set-header X-Forwarded-Proto https if { ssl_fc }
                http-request set-header X-Request-Id %[uuid()] unless { req.hdr(x-request-id) -m found }
                http-response add-header X-Request-Start %Ts.%ms
                http-request set-header X-Name %[ssl_c_s_dn] if { ssl_c_used }
                http-request return status 503 hdr Retry-After 60 content-type text/plain string "x\\n"
                http-request deny if { req.hdr(x-a) -m str a }
                """;
        assertThat(ConfigSecretMask.mask(text)).isEqualTo(text);
    }
}
