package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The host names that a container asks for.
 *
 * @param primary its main name, from hostname and domain; empty if the container has aliases only
 * @param all every name including the main one, sorted, without duplicates
 */
public record ContainerHostNames(Optional<HostName> primary, List<HostName> all) {

    /** Name that no host has (RFC 6761). */
    private static final String ANY_HOST = "interlock.invalid";

    static ContainerHostNames of(Optional<HostName> own, Collection<HostName> aliases) {
        return new ContainerHostNames(
                own,
                Stream.concat(own.stream(), aliases.stream())
                        .sorted()
                        .distinct()
                        .toList());
    }

    /** Returns a name that reaches the container when sent as Host header. */
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
