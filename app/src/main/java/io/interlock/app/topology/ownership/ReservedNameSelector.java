package io.interlock.app.topology.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.config.ownership.PatternIndex;
import io.interlock.app.topology.grouping.ClaimedName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects the names that nobody serves and that a wildcard, an expression or the default of another owner would answer:
 * names whose last container ended a short time ago, and names that rules give to somebody.
 */
final class ReservedNameSelector {

    /** Served wildcards, and names that stand for all. */
    private final Set<ClaimedName> wide = new HashSet<>();

    /** Served expressions, the strongest first. */
    private final Map<ClaimedName, Pattern> expressions = new TreeMap<>();

    private final Map<ClaimedName, OwnerId> reserved = new TreeMap<>();
    private Set<ClaimedName> names = Set.of();

    /**
     * Takes over changed names.
     *
     * @param vacant all names whose owner has no container
     */
    void change(
            Set<ClaimedName> changed,
            Map<ClaimedName, NameTenure> tenures,
            Collection<ClaimedName> vacant,
            OwnershipConfig ownership) {
        Set<ClaimedName> widely =
                changed.stream().filter(claimed -> !claimed.name().isExact()).collect(Collectors.toSet());
        widely.forEach(claimed -> serve(claimed, tenures.get(claimed)));
        Set<ClaimedName> concerned = new HashSet<>(changed);
        if (!widely.isEmpty()) {
            concerned.addAll(below(widely, vacant, ownership));
        }
        boolean different = false;
        for (ClaimedName claimed : concerned) {
            Optional<OwnerId> holder =
                    wide.isEmpty() && expressions.isEmpty() ? Optional.empty() : holder(claimed, tenures, ownership);
            Optional<OwnerId> before = holder.isPresent()
                    ? Optional.ofNullable(reserved.put(claimed, holder.get()))
                    : Optional.ofNullable(reserved.remove(claimed));
            different |= before.isPresent() != holder.isPresent();
        }
        if (different) {
            names = new TreeSet<>(reserved.keySet());
        }
    }

    private void serve(ClaimedName claimed, @Nullable NameTenure tenure) {
        boolean isServed = tenure != null && tenure.isServed();
        if (claimed.name().isExpression()) {
            if (isServed) {
                expressions.computeIfAbsent(
                        claimed, any -> Pattern.compile(claimed.name().expression()));
            } else {
                expressions.remove(claimed);
            }
        } else if (isServed) {
            wide.add(claimed);
        } else {
            wide.remove(claimed);
        }
    }

    /** Returns the names without containers that may be part of changed wildcards and expressions. */
    private static Set<ClaimedName> below(
            Set<ClaimedName> widely, Collection<ClaimedName> vacant, OwnershipConfig ownership) {
        Set<OptionalInt> places = widely.stream().map(ClaimedName::listen).collect(Collectors.toSet());
        boolean byExpression = widely.stream().anyMatch(one -> one.name().isExpression());
        Predicate<ClaimedName> isBelow =
                claimed -> (byExpression && claimed.listen().isEmpty())
                        || PatternIndex.covering(claimed.name()).stream()
                                .anyMatch(pattern -> widely.contains(new ClaimedName(pattern, claimed.listen())));
        return Stream.concat(
                        vacant.stream(),
                        places.stream()
                                .flatMap(place -> ownership.names().stream().map(name -> new ClaimedName(name, place))))
                .filter(isBelow)
                .collect(Collectors.toSet());
    }

    /** Returns the owner for whom a name must be reserved; empty if it need not be. */
    private Optional<OwnerId> holder(
            ClaimedName claimed, Map<ClaimedName, NameTenure> tenures, OwnershipConfig ownership) {
        NameTenure tenure = tenures.get(claimed);
        HostName name = claimed.name();
        if (name.isAny() || name.isExpression() || (tenure != null && tenure.isServed())) {
            return Optional.empty();
        }
        Optional<ClaimedName> answer = answering(claimed).findFirst();
        // Rules give names to owners, not to ports: without names, a port need not even speak TLS.
        if (answer.isEmpty()
                || (tenure == null
                        && claimed.listen().isPresent()
                        && answer.get().name().isAny())) {
            return Optional.empty();
        }
        Set<OwnerId> owners = tenure != null ? Set.of(tenure.holder()) : given(name, ownership);
        return isOf(answer.get(), owners, tenures)
                ? Optional.empty()
                : owners.stream().findFirst();
    }

    private static Set<OwnerId> given(HostName name, OwnershipConfig ownership) {
        return ownership.names().contains(name) ? ownership.owners(name) : Set.of();
    }

    private static boolean isOf(ClaimedName answer, Set<OwnerId> owners, Map<ClaimedName, NameTenure> tenures) {
        NameTenure tenure = tenures.get(answer);
        return tenure != null && owners.contains(tenure.holder());
    }

    /** Returns the served names that would answer for a name, the strongest first. */
    private Stream<ClaimedName> answering(ClaimedName claimed) {
        HostName name = claimed.name();
        Stream<ClaimedName> wildcards = PatternIndex.covering(name).stream()
                .filter(pattern -> !pattern.equals(name) && !pattern.isAny())
                .map(pattern -> new ClaimedName(pattern, claimed.listen()))
                .filter(wide::contains);
        Stream<ClaimedName> matching = expressions.entrySet().stream()
                .filter(one -> one.getKey().listen().equals(claimed.listen()))
                .filter(one ->
                        !name.isExact() || one.getValue().matcher(name.value()).matches())
                .map(Map.Entry::getKey);
        Stream<ClaimedName> all =
                Stream.of(new ClaimedName(HostName.ANY, claimed.listen())).filter(wide::contains);
        return Stream.of(wildcards, matching, all).flatMap(some -> some);
    }

    /** Returns the names that nobody may answer. */
    Set<ClaimedName> names() {
        return names;
    }

    Map<ClaimedName, OwnerId> holders() {
        return reserved;
    }
}
