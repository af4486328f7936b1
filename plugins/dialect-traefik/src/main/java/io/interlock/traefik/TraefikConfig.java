package io.interlock.traefik;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Section {@code plugins.dialect-traefik} of the configuration file: what Traefik's own configuration says for all containers.
 *
 * @param exposedByDefault {@code exposedByDefault}: whether containers without {@code traefik.enable} are served; default true
 * @param defaultRule {@code defaultRule} of routers without a rule; without it, they are not served
 * @param network {@code network} of the Docker provider, for containers in several networks
 * @param httpEntryPoints names of the entry points for HTTP; default web and http
 * @param httpsEntryPoints names of the entry points for HTTPS; default websecure and https
 * @param tcpEntryPoints ports of the entry points for TCP, by name
 * @param labels labels of other containers, or what the file provider has in the form of labels, that all containers may name:
 *     {@code traefik.http.middlewares.…}
 * @param middlewares {@code entryPoints.NAME.http.middlewares}: middlewares of all routers for HTTP, before their own
 * @param authServers names in {@code auth_servers} of the load balancer for addresses of {@code forwardAuth}
 */
public record TraefikConfig(
        Optional<Boolean> exposedByDefault,
        Optional<String> defaultRule,
        Optional<String> network,
        Optional<Set<String>> httpEntryPoints,
        Optional<Set<String>> httpsEntryPoints,
        Optional<Map<String, Integer>> tcpEntryPoints,
        Optional<Map<String, String>> labels,
        Optional<List<String>> middlewares,
        Optional<Map<String, String>> authServers) {

    private static final int LAST_PORT = 65_535;

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public TraefikConfig {
        tcpEntryPoints.ifPresent(ports -> ports.forEach((name, port) -> {
            if (port < 1 || port > LAST_PORT) {
                throw new IllegalArgumentException(
                        "the port of tcp_entry_points." + name + " must be 1 to " + LAST_PORT);
            }
        }));
        labels.ifPresent(shared -> shared.keySet().forEach(label -> {
            if (!label.toLowerCase(Locale.ROOT).startsWith("traefik.http.middlewares.")) {
                throw new IllegalArgumentException("labels must begin with traefik.http.middlewares.: " + label);
            }
        }));
        defaultRule.ifPresent(rule -> DefaultRuleTemplate.expand(rule, "web", Map.of()));
    }

    boolean isExposedByDefault() {
        return exposedByDefault.orElse(true);
    }

    boolean isHttp(String entryPoint) {
        return httpEntryPoints.orElse(Set.of("web", "http")).contains(entryPoint);
    }

    boolean isHttps(String entryPoint) {
        return httpsEntryPoints.orElse(Set.of("websecure", "https")).contains(entryPoint);
    }

    Optional<Integer> tcpPort(String entryPoint) {
        return tcpEntryPoints.flatMap(ports -> Optional.ofNullable(ports.get(entryPoint)));
    }

    /** The middlewares of all routers, in the form of a label. */
    LabelValue middlewaresOfAll() {
        return new LabelValue(
                "plugins.dialect-traefik.middlewares", "middlewares", String.join(",", middlewares.orElse(List.of())));
    }

    /** Returns the name of a server that decides about requests, by its address. */
    Optional<String> authServer(String address) {
        return authServers.flatMap(names -> Optional.ofNullable(names.get(address)));
    }

    /** The labels that all containers may name. */
    List<Map.Entry<String, String>> sharedLabels() {
        return labels.map(shared -> List.copyOf(shared.entrySet())).orElse(List.of());
    }
}
