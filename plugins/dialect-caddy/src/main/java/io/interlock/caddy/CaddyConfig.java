package io.interlock.caddy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Section {@code plugins.dialect-caddy} of the configuration file: what options of caddy-docker-proxy and other containers say for
 * all containers.
 *
 * @param labelPrefix {@code CADDY_DOCKER_LABEL_PREFIX}; default caddy
 * @param ingressNetworks {@code CADDY_INGRESS_NETWORKS}, for containers in several networks
 * @param automaticHttps whether names without a scheme have certificates and redirects to HTTPS; default true
 * @param httpPort {@code http_port}; default 80
 * @param httpsPort {@code https_port}; default 443
 * @param labels labels of other containers with snippets that all containers may import
 * @param authServers names in {@code auth_servers} of the load balancer for servers of {@code forward_auth}
 */
public record CaddyConfig(
        Optional<String> labelPrefix,
        Optional<List<String>> ingressNetworks,
        Optional<Boolean> automaticHttps,
        Optional<Integer> httpPort,
        Optional<Integer> httpsPort,
        Optional<Map<String, String>> labels,
        Optional<Map<String, String>> authServers) {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * @throws IllegalArgumentException if the prefix is none
     */
    public CaddyConfig {
        labelPrefix.filter(prefix -> !PREFIX.matcher(prefix).matches()).ifPresent(prefix -> {
            throw new IllegalArgumentException("label_prefix must consist of letters, digits, . and -: " + prefix);
        });
    }

    String prefix() {
        return labelPrefix.orElse("caddy");
    }

    boolean isHttpsAutomatic() {
        return automaticHttps.orElse(true);
    }

    int plainPort() {
        return httpPort.orElse(HTTP);
    }

    int securePort() {
        return httpsPort.orElse(HTTPS);
    }

    /** Returns the name of a server that decides about requests, by its address. */
    Optional<String> authServer(String address) {
        return authServers.flatMap(names -> Optional.ofNullable(names.get(address)));
    }
}
