package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The host names that a container claims.
 *
 * @param primary its main name: hostname and domain; a container may do with aliases alone
 * @param all every name, the main one included; sorted, without doubles
 */
public record ContainerHostNames(Optional<HostName> primary, List<HostName> all) {

    /** Nobody has it (RFC 6761). */
    private static final String ANY_HOST = "interlock.invalid";

    static ContainerHostNames of(Optional<HostName> own, Collection<HostName> aliases) {
        return new ContainerHostNames(
                own,
                Stream.concat(own.stream(), aliases.stream())
                        .sorted()
                        .distinct()
                        .toList());
    }

    /** A name to send as Host header in order to reach the container. */
    public String forRequest() {
        HostName name = primary.filter(HostName::isExact)
                .or(() -> all.stream().filter(HostName::isExact).findFirst())
                .orElse(all.getFirst());
        if (name.isExact()) {
            return name.value();
        }
        return name.isWildcard() ? "www." + name.domain() : ANY_HOST;
    }
}
