package io.interlock.haproxy.model;

import java.util.List;
import java.util.Optional;

/**
 * What HAProxy is to have. Equal parts of two that follow each other are mostly the same objects, which makes comparing
 * them cheap.
 *
 * @param frame everything besides backends and maps
 * @param backends by name
 * @param hosts by name
 * @param certificates by path
 */
public record DesiredConfig(
        GlobalConfig frame, List<BackendSpec> backends, List<HostSpec> hosts, List<CertificateSpec> certificates) {
    public DesiredConfig {
        backends = List.copyOf(backends);
        hosts = List.copyOf(hosts);
        certificates = List.copyOf(certificates);
    }

    /** Without certificates. */
    public DesiredConfig(GlobalConfig frame, List<BackendSpec> backends, List<HostSpec> hosts) {
        this(frame, backends, hosts, List.of());
    }

    /** The backend of a name; empty if there is none. */
    public Optional<BackendSpec> backend(String name) {
        int low = 0;
        int high = backends.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = backends.get(middle).name().compareTo(name);
            if (order == 0) {
                return Optional.of(backends.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
