package io.interlock.nginxproxy;

import io.interlock.api.topology.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Section {@code plugins.dialect-nginx-proxy} of the configuration file: the settings that nginx-proxy has for all containers.
 *
 * @param defaultHost {@code DEFAULT_HOST}: the name whose containers get the requests for unknown names
 * @param httpsMethod {@code HTTPS_METHOD} of containers without one: {@code redirect}, {@code noredirect}, {@code nohttp} or
 *     {@code nohttps}; empty: {@code redirect} for containers with {@code CERT_NAME} or {@code LETSENCRYPT_HOST} alone
 * @param hsts {@code HSTS} of containers without one; the default is that of nginx-proxy
 * @param sslPolicy {@code SSL_POLICY} of containers without one
 * @param internalNetworks the clients that {@code NETWORK_ACCESS=internal} lets in
 * @param htpasswdDir the folder of htpasswd files, read at the start; empty: none
 */
public record NginxProxyConfig(
        Optional<String> defaultHost,
        Optional<String> httpsMethod,
        Optional<String> hsts,
        Optional<String> sslPolicy,
        Optional<List<String>> internalNetworks,
        Optional<Path> htpasswdDir) {

    static final Set<String> METHODS = Set.of("redirect", "noredirect", "nohttp", "nohttps");
    private static final List<String> INTERNAL =
            List.of("127.0.0.0/8", "10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12");

    /**
     * @throws IllegalArgumentException if a value is not one that nginx-proxy takes
     */
    public NginxProxyConfig {
        httpsMethod.filter(method -> !METHODS.contains(method)).ifPresent(method -> {
            throw new IllegalArgumentException("https_method must be redirect, noredirect, nohttp or nohttps");
        });
        internalNetworks.ifPresent(ranges -> ranges.forEach(AddressRange::of));
        if (internalNetworks.filter(List::isEmpty).isPresent()) {
            throw new IllegalArgumentException("internal_networks must have at least one address range");
        }
        htpasswdDir.filter(folder -> !folder.isAbsolute()).ifPresent(folder -> {
            throw new IllegalArgumentException("htpasswd_dir must be an absolute path");
        });
    }

    List<String> internal() {
        return internalNetworks.orElse(INTERNAL);
    }
}
