package io.interlock.app.topology.ownership;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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

    private static final int MOST_RECORDED = 20;

    private final TreeSet<ServerCandidate> candidates = new TreeSet<>(ORDER);
    private final Map<OwnerId, OwnerCandidates> owners = new HashMap<>();
    private @Nullable OwnerId holder;
    private Instant since = Instant.MIN;
    /** The oldest container when the holder took the name. */
    private @Nullable ServerCandidate first;
    /** When the last container of the holder ended. */
    private Optional<Instant> vacantSince = Optional.empty();
    /** Others that had containers then, and go on. */
    private Set<OwnerId> staying = Set.of();

    /** Owners whose first container came, or whose last one ended, in the current change. */
    private final Set<OwnerId> arrived = new HashSet<>();

    private final Set<OwnerId> departed = new HashSet<>();
    private @Nullable OwnerId holderBefore;
    private boolean wasVacant;

    NameTenure() {}

    /** Restores the tenure of an earlier controller. The time without containers begins now, unless it is recorded. */
    NameTenure(TenureRecord recorded, Instant now) {
        holder = recorded.holder();
        since = earlier(recorded.since(), now);
        vacantSince = Optional.of(earlier(recorded.vacantSince().orElse(now), now));
        staying = Set.copyOf(recorded.sharing());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    TenureRecord toRecord(ClaimedName name) {
        Set<OwnerId> others = vacantSince.isPresent() ? staying : owners.keySet();
        return new TenureRecord(
                name,
                holder(),
                since,
                vacantSince,
                others.stream()
                        .filter(owner -> !owner.equals(holder))
                        .sorted()
                        .limit(MOST_RECORDED)
                        .toList());
    }

    /** Begins a change. */
    void begin() {
        arrived.clear();
        departed.clear();
        holderBefore = holder;
        wasVacant = vacantSince.isPresent();
        OwnerCandidates ofHolder = holder == null ? null : owners.get(holder);
        if (ofHolder != null) {
            ofHolder.begin();
        }
    }

    void remove(ServerCandidate candidate) {
        if (!candidates.remove(candidate)) {
            return;
        }
        OwnerId owner = candidate.owner();
        OwnerCandidates its = Objects.requireNonNull(owners.get(owner));
        its.remove(candidate);
        if (its.isEmpty()) {
            owners.remove(owner);
            if (!arrived.remove(owner)) {
                departed.add(owner);
            }
        }
    }

    void add(ServerCandidate candidate) {
        if (!candidates.add(candidate)) {
            return;
        }
        OwnerId owner = candidate.owner();
        OwnerCandidates its = owners.computeIfAbsent(owner, any -> new OwnerCandidates());
        if (its.isEmpty() && !departed.remove(owner)) {
            arrived.add(owner);
        }
        its.add(candidate);
    }

    /** Ends a change: decides whose the name is now. */
    void settle(Instant now, Duration hold) {
        if (owners.containsKey(OwnerId.OPERATOR) && !OwnerId.OPERATOR.equals(holder)) {
            holder = null;
            vacantSince = Optional.empty();
        }
        OwnerId known = holder;
        if (known != null && owners.containsKey(known)) {
            vacantSince = Optional.empty();
            if (hold.isZero() || now.isBefore(since.plus(hold))) {
                holder = candidates.first().owner();
            }
        } else if (known != null && vacantSince.isEmpty()) {
            vacantSince = Optional.of(now);
            staying = new HashSet<>(owners.keySet());
            staying.removeAll(arrived);
            staying.addAll(departed);
        }
        if (known == null
                || vacantSince.filter(ended -> !now.isBefore(ended.plus(hold))).isPresent()) {
            holder = candidates.isEmpty() ? null : candidates.first().owner();
            first = null;
            since = now;
            vacantSince = Optional.empty();
        }
        if (first == null && !candidates.isEmpty()) {
            first = candidates.first();
        }
    }

    /** Whether the change concerns what other containers than the changed ones get. */
    boolean isDisturbed() {
        return !Objects.equals(holder, holderBefore)
                || vacantSince.isPresent() != wasVacant
                || (holder != null && vacantSince.isEmpty() && ofHolder().isDisturbed());
    }

    /** Frees a name without containers at the end of the change. */
    void release() {
        vacantSince = vacantSince.map(any -> Instant.MIN);
    }

    /** Forgets whose the name was. */
    void forget() {
        holder = null;
        vacantSince = Optional.empty();
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

    /**
     * Whether this name was somebody's before the other one. Of names that were taken at the same moment, that with the
     * older container was first, and stays so when its containers are replaced.
     */
    boolean isOlderThan(NameTenure other) {
        int order = since.compareTo(other.since);
        return order < 0
                || (order == 0 && first != null && other.first != null && ORDER.compare(first, other.first) < 0);
    }

    /** Whether a container of this owner must wait until the name is free. */
    boolean isClosedTo(OwnerId owner) {
        return vacantSince.isPresent() && !owner.equals(holder) && !staying.contains(owner);
    }

    /** Returns the containers that ask for the name, oldest first. */
    Set<ServerCandidate> candidates() {
        return candidates;
    }

    /** Returns the containers of the owner of the name, which has some. */
    OwnerCandidates ofHolder() {
        return Objects.requireNonNull(owners.get(holder()));
    }

    boolean contains(ServerCandidate candidate) {
        return candidate.equals(candidates.ceiling(candidate));
    }

    /** Whether a container is served for the name. */
    boolean isServed() {
        return owners.keySet().stream().anyMatch(owner -> !isClosedTo(owner));
    }
}
