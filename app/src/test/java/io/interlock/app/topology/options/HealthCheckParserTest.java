package io.interlock.app.topology.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HealthCheck.Http;
import io.interlock.api.topology.HealthCheck.Protocol;
import io.interlock.api.topology.HealthCheck.Protocol.Kind;
import io.interlock.api.topology.HealthCheck.Tcp;
import io.interlock.api.topology.HostName;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HealthCheckParserTest {

    static Stream<Arguments> known() {
        Optional<HostName> host = Optional.of(new HostName("example.com"));
        return Stream.of(
                Arguments.of("httpchk", new Http("OPTIONS", "/", Optional.empty())),
                Arguments.of("httpchk /health", new Http("OPTIONS", "/health", Optional.empty())),
                Arguments.of("httpchk GET /", new Http("GET", "/", Optional.empty())),
                Arguments.of("option  httpchk\tGET  /", new Http("GET", "/", Optional.empty())),
                Arguments.of("httpchk OPTIONS *", new Http("OPTIONS", "*", Optional.empty())),
                Arguments.of("httpchk HEAD /x?a=b HTTP/1.0", new Http("HEAD", "/x?a=b", Optional.empty())),
                Arguments.of("httpchk GET /x HTTP/1.1\\r\\nHost:\\ example.com", new Http("GET", "/x", host)),
                Arguments.of("httpchk GET /x HTTP/1.1\r\nHost: example.com", new Http("GET", "/x", host)),
                Arguments.of("httpchk GET /x HTTP/1.1\nhost:Example.COM\r\n", new Http("GET", "/x", host)),
                Arguments.of("tcp-check", new Tcp()),
                Arguments.of("ssl-hello-chk", new Protocol(Kind.TLS, Optional.empty())),
                Arguments.of("mysql-check", new Protocol(Kind.MYSQL, Optional.empty())),
                Arguments.of("mysql-check user haproxy", new Protocol(Kind.MYSQL, Optional.of("haproxy"))),
                Arguments.of("mysql-check user haproxy post-41", new Protocol(Kind.MYSQL, Optional.of("haproxy"))),
                Arguments.of("pgsql-check user pg", new Protocol(Kind.POSTGRESQL, Optional.of("pg"))),
                Arguments.of("redis-check", new Protocol(Kind.REDIS, Optional.empty())),
                Arguments.of("smtpchk", new Protocol(Kind.SMTP, Optional.empty())),
                Arguments.of("ldap-check", new Protocol(Kind.LDAP, Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("known")
    void aCheckIsReadAsItStandsBehindOption(String text, HealthCheck expected) {
        assertThat(HealthCheckParser.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "option",
                "http",
                "HTTPCHK GET /",
                "httpchk get /",
                "httpchk GET index.html",
                "httpchk GET http://example.com/",
                "httpchk GET / HTTP/2",
                "httpchk GET / HTTP/1.1 extra",
                "httpchk GET / HTTP/1.1\\r\\nHost:\\ example.com:80",
                "httpchk GET / HTTP/1.1\\r\\nHost:\\ *.example.com",
                "httpchk GET / HTTP/1.1\\r\\nAuthorization:\\ Basic\\ x",
                "httpchk GET / HTTP/1.1\r\nHost: a.com\r\nHost: b.com",
                "httpchk GET /\nserver evil 1.2.3.4:80",
                "httpchk GET /\rserver",
                "httpchk GET /'\"",
                "httpchk GET /${HOME}",
                "httpchk GET /\u0000",
                "tcp-check connect",
                "smtpchk HELO example.com",
                "mysql-check user",
                "mysql-check user a b",
                "mysql-check user a'b",
                "mysql-check user root pre-41",
                "pgsql-check",
                "redis-check\nserver x",
                "external-check"
            })
    void anythingElseIsNoCheck(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthCheckParser.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300));
    }
}
