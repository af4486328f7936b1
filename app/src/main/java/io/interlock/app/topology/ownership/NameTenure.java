package io.interlock.app.topology.ownership;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose a name is, over time. It belongs to the owner of the oldest container that asks for it, and stays with that
 * owner for a while after its last container. An older container of another owner changes that only as long as the
 * owner has had the name for a shorter time than that. Without that time, only the present containers decide.
 */
final class NameTenure {

    /** A container can ask for several paths of a name. */
    static final Comparator<ServerCandidate> ORDER = Comparator.<ServerCandidate>naturalOrder()
            .thenComparing(candidate -> candidate.settings().scope());

    private final TreeSet<ServerCandidate> candidates = new TreeSet<>(ORDER);
    private final Map<OwnerId, Integer> counts = new HashMap<>();
    private @Nullable OwnerId holder;
    private Instant since = Instant.MIN;
    /** When the last container of the holder ended. */
    private Optional<Instant> vacantSince = Optional.empty();
    /** Others that had containers then, and go on. */
    private Set<OwnerId> staying = Set.of();

    private Set<OwnerId> before = Set.of();

    /** Begins a change. */
    void begin() {
        before = Set.copyOf(counts.keySet());
    }

    void remove(ServerCandidate candidate) {
        if (candidates.remove(candidate)) {
            counts.computeIfPresent(candidate.owner(), (owner, count) -> count == 1 ? null : count - 1);
        }
    }

    void add(ServerCandidate candidate) {
        if (candidates.add(candidate)) {
            counts.merge(candidate.owner(), 1, Integer::sum);
        }
    }

    /** Ends a change: decides whose the name is now. */
    void settle(Instant now, Duration hold) {
        OwnerId known = holder;
        if (known != null && counts.containsKey(known)) {
            vacantSince = Optional.empty();
            if (hold.isZero() || now.isBefore(since.plus(hold))) {
                holder = candidates.first().owner();
            }
        } else if (known != null && vacantSince.isEmpty()) {
            vacantSince = Optional.of(now);
            staying = new HashSet<>(before);
        }
        if (known == null
                || vacantSince.filter(ended -> !now.isBefore(ended.plus(hold))).isPresent()) {
            holder = candidates.isEmpty() ? null : candidates.first().owner();
            since = now;
            vacantSince = Optional.empty();
        }
    }

    /** Frees a name without containers at the end of the change. */
    void release() {
        vacantSince = vacantSince.map(any -> Instant.MIN);
    }

    /** Whether nobody has the name or had it lately. */
    boolean isFree() {
        return holder == null;
    }

    OwnerId holder() {
        return Objects.requireNonNull(holder);
    }

    /** Returns when the last container of the holder ended; empty if it has one. */
    Optional<Instant> vacantSince() {
        return vacantSince;
    }

    /** Whether a container of this owner must wait until the name is free. */
    boolean isClosedTo(OwnerId owner) {
        return vacantSince.isPresent() && !owner.equals(holder) && !staying.contains(owner);
    }

    /** Whether one owner alone asks for the name, and has it. */
    boolean isUndisputed() {
        return counts.size() == 1 && counts.containsKey(holder());
    }

    /** Returns the containers that ask for the name, oldest first. */
    Set<ServerCandidate> candidates() {
        return candidates;
    }

    List<ServerCandidate> candidatesOf(OwnerId owner) {
        return candidates.stream()
                .filter(candidate -> candidate.owner().equals(owner))
                .toList();
    }

    boolean contains(ServerCandidate candidate) {
        return candidate.equals(candidates.ceiling(candidate));
    }

    /** Whether a container is served for the name. */
    boolean isServed() {
        return counts.keySet().stream().anyMatch(owner -> !isClosedTo(owner));
    }
}
