package io.interlock.stats.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class RequestHeadReaderTest {

    private static final String HOST = "Host: localhost\r\n";

    @Test
    void aRequestHasPathParametersAndHeaders() throws Exception {
        RequestHead head =
                head("GET /api/v1/explain?q=a%2Eb&x=1 HTTP/1.1\r\nHost: localhost\r\nACCEPT:  text/plain \r\n\r\n");
        assertThat(head.path()).isEqualTo("/api/v1/explain");
        assertThat(head.parameter("q")).contains("a.b");
        assertThat(head.parameter("y")).isEmpty();
        assertThat(head.header("Accept")).contains("text/plain");
        assertThat(head.keepsConnection()).isTrue();
    }

    @Test
    void requestsFollowEachOtherOnAConnection() throws Exception {
        RequestHeadReader reader =
                reader("GET /one HTTP/1.1\r\n" + HOST + "\r\n\r\nGET /two HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(reader.next().orElseThrow().path()).isEqualTo("/one");
        assertThat(reader.next().orElseThrow().path()).isEqualTo("/two");
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b, /a b",
        "http://localhost:1/metrics, /metrics",
        "//evil.example/metrics, /evil.example/metrics",
        "*, /*",
    })
    void aTargetIsAPath(String target, String path) throws Exception {
        assertThat(head("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n").path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "get / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n",
                "GET /% HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\n\n\n",
            })
    void whatIsNoRequestIsRefused(String text) throws Exception {
        if (text.isEmpty()) {
            assertThat(reader(text).next()).isEmpty();
        } else {
            assertThatThrownBy(() -> head(text))
                    .isInstanceOfSatisfying(
                            BadRequestException.class,
                            e -> assertThat(e.response().status()).isEqualTo(400));
        }
    }

    @Test
    void aHeadThatEndsEarlyIsNoRequest() {
        assertThatThrownBy(() -> head("GET / HTTP/1.1\r\nHost: a\r\n")).isInstanceOf(EOFException.class);
    }

    @Test
    void anEndlessHeadIsReadToTheLimitOnly() {
        for (String beginning : new String[] {"", "GET /", "GET / HTTP/1.1\r\nX: ", "GET / HTTP/1.1\r\nX: 1\r\nY"}) {
            EndlessInputStream in = new EndlessInputStream(beginning);
            assertThatThrownBy(() -> new RequestHeadReader(in).next())
                    .isInstanceOfSatisfying(
                            BadRequestException.class,
                            e -> assertThat(e.response().status()).isEqualTo(431));
            assertThat(in.read).isLessThan(2 * RequestHeadReader.MAX_HEAD);
        }
    }

    @Test
    void theNumberOfHeadersIsLimited() throws Exception {
        String most = "X: 1\r\n".repeat(RequestHeadReader.MAX_HEADERS - 1);
        assertThat(head("GET / HTTP/1.1\r\n" + HOST + most + "\r\n").path()).isEqualTo("/");
        assertThatThrownBy(() -> head("GET / HTTP/1.1\r\n" + HOST + most + "X: 1\r\n\r\n"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("64");
    }

    @Test
    void randomBytesAreAnsweredOrEndTheConnection() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = "GET /metrics?q=1 HTTP/1.1\r\nHost: localhost\r\nAccept: a\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);
            for (int k = random.nextInt(6); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                new RequestHeadReader(new ByteArrayInputStream(bytes)).next();
            } catch (BadRequestException | EOFException e) {
                assertThat(e).as("seed %d", seed).hasMessageNotContaining("null");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip|true", "deflate, GZIP;q=0.5|true", "gzip;q=0|false", "gzip; q=0.00|false", "br|false"})
    void compressionIsForThoseWhoAskForIt(String accepted, boolean gzip) throws Exception {
        assertThat(head("GET / HTTP/1.1\r\n" + HOST + "Accept-Encoding: " + accepted + "\r\n\r\n")
                        .acceptsGzip())
                .isEqualTo(gzip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "Content-Length: 1", "Transfer-Encoding: chunked"})
    void nothingFollowsAnEndOrABody(String header) throws Exception {
        assertThat(head("GET / HTTP/1.1\r\n" + HOST + header + "\r\n\r\n").keepsConnection())
                .isFalse();
    }

    private static RequestHead head(String text) throws IOException, BadRequestException {
        return reader(text).next().orElseThrow();
    }

    private static RequestHeadReader reader(String text) {
        return new RequestHeadReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Text that never ends, and counts what was read. */
    private static final class EndlessInputStream extends InputStream {

        private final String beginning;
        private int read;

        EndlessInputStream(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public int read() {
            return read < beginning.length() ? beginning.charAt(read++) : 'a' + read++ % 26;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                bytes[i] = (byte) read();
            }
            return length;
        }
    }
}
