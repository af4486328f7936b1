package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Name that can belong to an owner, with all its paths.
 *
 * @param name the host name; {@link HostName#ANY} for all connections to a port
 * @param listen the port for TCP; empty for requests
 */
public record ClaimedName(HostName name, OptionalInt listen) implements Comparable<ClaimedName> {

    private static final Comparator<ClaimedName> ORDER = Comparator.comparing(ClaimedName::name)
            .thenComparingInt(claimed -> claimed.listen().orElse(0));

    /** Returns the names that a container asks for. */
    public static List<ClaimedName> of(ServerCandidate candidate) {
        return candidate.names().all().stream()
                .map(name -> new ClaimedName(name, candidate.settings().scope().listen()))
                .toList();
    }

    /** Returns the claim on all connections to the port of a name; empty for requests, and for that claim itself. */
    public Optional<ClaimedName> wholePort() {
        return listen.isEmpty() || name.isAny() ? Optional.empty() : Optional.of(new ClaimedName(HostName.ANY, listen));
    }

    @Override
    public int compareTo(ClaimedName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return listen.isEmpty() ? name.value() : (name.isAny() ? "" : name + " at ") + "port " + listen.getAsInt();
    }
}
