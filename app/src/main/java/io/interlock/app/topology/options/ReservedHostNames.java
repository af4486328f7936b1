package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Host names that no container can have, since every host has them. */
final class ReservedHostNames {

    private static final Set<String> LOOPBACK = Set.of(
            "localhost",
            "localhost.localdomain",
            "localhost4",
            "localhost4.localdomain4",
            "localhost6",
            "localhost6.localdomain6",
            "ip6-localhost",
            "ip6-loopback");

    /** Clients take a name that ends in a number for an IPv4 address, however it is written. */
    private static final Pattern ADDRESS = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private ReservedHostNames() {}

    /** Why a container cannot have a name; empty if it can. */
    static Optional<String> objection(HostName name) {
        if (name.isExact() && LOOPBACK.contains(name.value())) {
            return Optional.of("is a name that every host has for itself");
        }
        boolean isAddress = (name.isExact() || name.isWildcard())
                && ADDRESS.matcher(name.domain()).matches();
        return isAddress ? Optional.of("is an IP address, expected a name") : Optional.empty();
    }
}
