package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.Omission;
import java.util.List;

/**
 * What HAProxy is to have. Equal parts of two that follow each other are mostly the same objects, which makes comparing
 * them cheap.
 *
 * @param frame everything besides backends and maps
 * @param backends by name
 * @param hosts by name
 * @param certificates by path
 */
public record Wanted(
        Frame frame, List<BackendSpec> backends, List<HostSpec> hosts, List<CertificateSpec> certificates) {
    public Wanted {
        backends = List.copyOf(backends);
        hosts = List.copyOf(hosts);
        certificates = List.copyOf(certificates);
    }

    /** Without certificates. */
    public Wanted(Frame frame, List<BackendSpec> backends, List<HostSpec> hosts) {
        this(frame, backends, hosts, List.of());
    }

    /** What of the topology is not in here. */
    public List<Omission> omissions() {
        return backends.stream()
                .map(BackendSpec::omissions)
                .filter(omissions -> !omissions.isEmpty())
                .flatMap(List::stream)
                .toList();
    }
}
