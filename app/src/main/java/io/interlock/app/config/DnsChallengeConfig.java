package io.interlock.app.config;

import io.interlock.api.topology.HostName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Names whose challenges are answered in the DNS.
 *
 * @param names names and wildcards; a wildcard also stands for every name below its domain
 * @param provider the type of the DNS provider that changes the records
 * @param servers the name servers to ask; empty: those of this machine, and the zone's own
 * @param timeout the longest time until a record is visible
 * @param sharesWildcard whether the certificate of a wildcard serves the names that it covers
 */
public record DnsChallengeConfig(
        List<HostName> names,
        String provider,
        List<InetSocketAddress> servers,
        Duration timeout,
        boolean sharesWildcard) {

    public DnsChallengeConfig {
        names = List.copyOf(names);
        servers = List.copyOf(servers);
    }

    /** Whether challenges for a name are answered so. */
    public boolean applies(HostName name) {
        return (name.isExact() || name.isWildcard())
                && names.stream()
                        .anyMatch(each -> each.isAny()
                                || each.equals(name)
                                || (each.isWildcard() && name.value().endsWith("." + each.domain())));
    }

    /** The name whose certificate a name gets. */
    public HostName certified(HostName name) {
        return sharesWildcard && name.isExact() ? wildcardOf(name).orElse(name) : name;
    }

    /** A wildcard of a certificate covers one label. */
    private Optional<HostName> wildcardOf(HostName name) {
        String parent = name.value().substring(name.value().indexOf('.') + 1);
        return names.stream()
                .filter(each -> each.isWildcard() && each.domain().equals(parent))
                .findFirst();
    }
}
