package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interlock.api.topology.HealthCheck.Http;
import io.interlock.api.topology.HealthCheck.Protocol;
import io.interlock.api.topology.HealthCheck.Protocol.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HealthCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET /", "G\nT", "ABCDEFGHIJKLMNOPQRSTU"})
    void aMethodIsAnUpperCaseWord(String method) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Http(method, "/", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "http://a/", "/a b", "/a\nb", "/'", "/\"", "/\\", "/{x}", "/é", "**"})
    void aUriIsAPathOrAStar(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Http("GET", uri, Optional.empty()));
    }

    @Test
    void aUriHasAtMost1024Characters() {
        assertThat(new Http("GET", "/" + "a".repeat(1023), Optional.empty()).uri())
                .hasSize(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Http("GET", "/" + "a".repeat(1024), Optional.empty()));
    }

    @Test
    void aWildcardIsNoHostHeader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Http("GET", "/", Optional.of(new HostName("*.example.com"))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"LDAP", "REDIS", "SMTP", "TLS"})
    void aUserWhereNobodyLogsInIsRefused(Kind kind) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Protocol(kind, Optional.of("user")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a'b", "a\nb"})
    void aUserThatAProxyCouldMisreadIsRefused(String user) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Protocol(Kind.MYSQL, Optional.of(user)));
    }

    @Test
    void postgresqlNeedsAUserAndMysqlDoesNot() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Protocol(Kind.POSTGRESQL, Optional.empty()));
        assertThat(new Protocol(Kind.MYSQL, Optional.empty()).user()).isEmpty();
    }
}
