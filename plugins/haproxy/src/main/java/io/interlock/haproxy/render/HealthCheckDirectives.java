package io.interlock.haproxy.render;

import io.interlock.api.topology.HealthCheck;
import java.util.List;

/** How a backend's health check is written, besides the servers' {@code check}. */
final class HealthCheckDirectives {

    private HealthCheckDirectives() {}

    static List<String> of(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Tcp() -> List.of();
            case HealthCheck.Http http -> List.of("option httpchk", send(http));
            case HealthCheck.Protocol protocol -> List.of("option " + option(protocol));
        };
    }

    private static String send(HealthCheck.Http http) {
        String request = "http-check send meth " + http.method() + " uri " + Word.quote(http.uri());
        return http.host()
                .map(host -> request + " ver HTTP/1.1 hdr Host " + host.value())
                .orElse(request);
    }

    private static String option(HealthCheck.Protocol protocol) {
        String user = protocol.user().map(name -> " user " + name).orElse("");
        return switch (protocol.kind()) {
            case LDAP -> "ldap-check";
            case MYSQL -> "mysql-check" + user;
            case POSTGRESQL -> "pgsql-check" + user;
            case REDIS -> "redis-check";
            case SMTP -> "smtpchk";
            case TLS -> "ssl-hello-chk";
        };
    }
}
