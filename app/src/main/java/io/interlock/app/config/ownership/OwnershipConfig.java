package io.interlock.app.config.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.util.Sha256;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who owns which containers and names.
 *
 * @param rules in the order in which they are tried; empty: compose projects and stacks are owners, and each may ask for
 *     everything
 * @param nameHold how long a name stays with its owner after the last container
 * @param imageLabels which labels of images count
 * @param index of the names in the rules
 * @param fingerprint the same for equal rules, also in the next process
 */
public record OwnershipConfig(
        List<OwnerRule> rules, Duration nameHold, ImageLabelMode imageLabels, PatternIndex index, String fingerprint) {

    private static final Comparator<OwnerRule> ORDER =
            Comparator.comparing(OwnerRule::who, OwnerSelector.MOST_TRUSTWORTHY_FIRST);

    private static final int FINGERPRINT_DIGITS = 16;

    public static final Duration DEFAULT_HOLD = Duration.ofSeconds(60);

    /** Configuration without rules. */
    public static final OwnershipConfig DEFAULT = new OwnershipConfig(List.of(), DEFAULT_HOLD, ImageLabelMode.ALL);

    /** Sorts the rules. Those of one kind stay in their order. */
    public OwnershipConfig(List<OwnerRule> rules, Duration nameHold, ImageLabelMode imageLabels) {
        this(
                rules.stream().sorted(ORDER).toList(),
                nameHold,
                imageLabels,
                PatternIndex.of(rules),
                Sha256.hex(rules.toString(), FINGERPRINT_DIGITS));
    }

    public boolean hasRules() {
        return !rules.isEmpty();
    }

    /** Returns the names of labels that decide about owners. */
    public Set<String> labels() {
        Set<String> names = new TreeSet<>(Set.of(OwnerSelector.PROJECT_LABEL, OwnerSelector.STACK_LABEL));
        rules.stream()
                .map(rule -> rule.who().labelName())
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** Whether it matters which labels come from an image. Finding out costs a request for each image. */
    public boolean asksForImages() {
        return imageLabels != ImageLabelMode.ALL || decidesByLabels();
    }

    /** Whether labels decide about owners by rules. */
    public boolean decidesByLabels() {
        return rules.stream().anyMatch(rule -> rule.who().usesLabels());
    }

    /** Returns the owner of a container. The cost does not depend on other containers. */
    public OwnerAssignment assign(ContainerFacts facts) {
        if (facts.key().isService()) {
            return new OwnerAssignment(OwnerId.OPERATOR, Optional.empty());
        }
        if (!hasRules()) {
            return new OwnerAssignment(implied(facts), Optional.empty());
        }
        return rules.stream()
                .filter(rule -> rule.who().matches(facts))
                .findFirst()
                .map(rule -> new OwnerAssignment(rule.owner(), Optional.of(rule.may())))
                .orElseGet(() ->
                        new OwnerAssignment(OwnerId.ofEngine(facts.key().engineId()), Optional.of(OwnerGrant.NOTHING)));
    }

    private static OwnerId implied(ContainerFacts facts) {
        return OwnerSelector.value(facts, OwnerSelector.PROJECT_LABEL)
                .map(OwnerId::ofProject)
                .or(() -> OwnerSelector.value(facts, OwnerSelector.STACK_LABEL).map(OwnerId::ofStack))
                .orElse(OwnerId.NOBODY);
    }

    /**
     * Whether containers of an owner may be served for a name. A name belongs to the owners with the narrowest pattern
     * that covers it; a wider one gives no right to it.
     */
    public boolean allowsName(OwnerAssignment assignment, HostName name) {
        return assignment.grant().filter(grant -> !grant.allowsName(name)).isEmpty()
                && (assignment.grant().isEmpty()
                        || name.isAny()
                        || name.isExpression()
                        || owners(name).contains(assignment.owner()));
    }

    /** Returns the owners that the rules give a name or wildcard to; empty if no rule does. */
    public Set<OwnerId> owners(HostName name) {
        return index.of(name);
    }

    public boolean hasLimits() {
        return rules.stream().anyMatch(rule -> !rule.may().most().equals(OwnerLimits.NONE));
    }

    /** Returns the limits of an owner; if several rules set one, the lowest counts. */
    public OwnerLimits limits(OwnerId owner) {
        return rules.stream()
                .filter(rule -> rule.owner().equals(owner))
                .map(rule -> rule.may().most())
                .reduce(OwnerLimits.NONE, OwnerLimits::lower);
    }

    /** Returns the names and wildcards that rules give to somebody. */
    public Set<HostName> names() {
        return index.owners().keySet();
    }
}
