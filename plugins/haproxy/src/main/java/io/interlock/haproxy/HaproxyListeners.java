package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sockets at which HAProxy listens because of the operator's configuration. */
final class HaproxyListeners {

    private HaproxyListeners() {}

    /** The ports for requests. */
    static List<Integer> ports(ProxySettings settings) {
        return Stream.concat(Stream.of(settings.port()), settings.tls().map(TlsSettings::port).stream())
                .toList();
    }

    /**
     * All sockets: for requests, and for the other instances.
     *
     * @throws IllegalArgumentException if the instances would talk at a port for requests
     */
    static Set<InetSocketAddress> of(HaproxyConfig config, ProxySettings settings) {
        Stream<InetSocketAddress> requests = ports(settings).stream()
                .flatMap(port -> BindAddresses.of(config.bindAddress(), port).sockets(port));
        if (config.instances().isEmpty()) {
            return requests.collect(Collectors.toSet());
        }
        int port = config.instancesPort();
        if (ports(settings).contains(port)) {
            throw new IllegalArgumentException("instances_port is " + port + ", at which HAProxy serves requests");
        }
        return Stream.concat(requests, BindAddresses.of(Optional.empty(), port).sockets(port))
                .collect(Collectors.toSet());
    }
}
