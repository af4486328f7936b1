package io.interlock.haproxy.model;

import java.util.List;
import java.util.Optional;

/**
 * Desired state of HAProxy. Equal parts of consecutive instances are mostly the same objects, so comparing them is
 * cheap.
 *
 * @param frame everything besides backends and maps
 * @param backends sorted by name
 * @param hosts sorted by name
 * @param certificates sorted by path
 */
public record DesiredConfig(
        GlobalConfig frame, List<BackendSpec> backends, List<HostSpec> hosts, List<CertificateSpec> certificates) {
    public DesiredConfig {
        backends = List.copyOf(backends);
        hosts = List.copyOf(hosts);
        certificates = List.copyOf(certificates);
    }

    /** Creates a desired state without certificates. */
    public DesiredConfig(GlobalConfig frame, List<BackendSpec> backends, List<HostSpec> hosts) {
        this(frame, backends, hosts, List.of());
    }

    /** Returns this state with the given peers. */
    public DesiredConfig with(Optional<PeerGroup> peers) {
        return peers.equals(frame.peers()) ? this : new DesiredConfig(frame.with(peers), backends, hosts, certificates);
    }

    /** The backend with the name; empty if there is none. */
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
