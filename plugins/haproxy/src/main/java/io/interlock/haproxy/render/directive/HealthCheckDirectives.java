package io.interlock.haproxy.render.directive;

import io.interlock.api.topology.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Directives of a backend's health check, besides the {@code check} of its servers.
 *
 * @param directives whole lines
 * @param lookedUp the value that HAProxy looks up in the map; empty if the directives contain everything
 */
public record HealthCheckDirectives(List<String> directives, Optional<String> lookedUp) {

    private static final String HTTP = "option httpchk";

    /** Separator of host and URI in the map; no host name contains it. */
    private static final String BAR = "|";

    /** Directives that contain the complete check. */
    public static HealthCheckDirectives literal(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Tcp() -> lines();
            case HealthCheck.Http http -> new HealthCheckDirectives(http(http), Optional.empty());
            case HealthCheck.Protocol protocol -> lines("option " + option(protocol));
        };
    }

    /**
     * Directives that look up in a map what differs most between backends. The map can be changed at run time.
     *
     * @param map the path of the map
     */
    public static HealthCheckDirectives lookedUp(HealthCheck check, String map) {
        if (!(check instanceof HealthCheck.Http http)
                || !http.headers().isEmpty()
                || !http.expected().equals(HealthCheck.Statuses.USUAL)) {
            return literal(check);
        }
        String find = "%[be_name,map_str(" + map + ")";
        String request = "http-check send meth " + http.method() + " uri-lf ";
        return http.host()
                .map(host -> new HealthCheckDirectives(
                        List.of(
                                HTTP,
                                request + find + ",field(2," + BAR + ",0)] ver HTTP/1.1 hdr Host " + find + ",field(1,"
                                        + BAR + ")]"),
                        Optional.of(host.value() + BAR + http.uri())))
                .orElseGet(
                        () -> new HealthCheckDirectives(List.of(HTTP, request + find + "]"), Optional.of(http.uri())));
    }

    private static HealthCheckDirectives lines(String... lines) {
        return new HealthCheckDirectives(List.of(lines), Optional.empty());
    }

    private static List<String> http(HealthCheck.Http http) {
        List<String> lines = new ArrayList<>(List.of(HTTP, send(http)));
        if (!http.expected().equals(HealthCheck.Statuses.USUAL)) {
            lines.add("http-check expect status " + http.expected());
        }
        return lines;
    }

    private static String send(HealthCheck.Http http) {
        StringBuilder request =
                new StringBuilder("http-check send meth " + http.method() + " uri " + HaproxyQuoting.quote(http.uri()));
        http.host().ifPresent(host -> request.append(" ver HTTP/1.1 hdr Host ").append(host.value()));
        http.headers()
                .forEach(header -> request.append(" hdr ")
                        .append(HaproxyQuoting.quote(header.name()))
                        .append(' ')
                        // A percent sign would start a variable.
                        .append(HaproxyQuoting.quote(
                                header.value().orElseThrow().reveal().replace("%", "%%"))));
        return request.toString();
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
