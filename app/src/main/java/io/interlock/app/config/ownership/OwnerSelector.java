package io.interlock.app.config.ownership;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkAttachment;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Selects the containers of a rule. A container must match everything that is given.
 *
 * @param patterns by kind; not empty
 * @param labelName name of the label of {@link Kind#LABEL}; empty without that kind
 */
public record OwnerSelector(Map<Kind, TextPattern> patterns, String labelName) {

    /** Label that Docker Compose gives the containers of a project. */
    public static final String PROJECT_LABEL = "com.docker.compose.project";

    /** Label that {@code docker stack} gives the services of a stack and their containers. */
    public static final String STACK_LABEL = "com.docker.stack.namespace";

    /** What a container is recognized by, the most trustworthy first. */
    public enum Kind {
        LABEL,
        PROJECT,
        STACK,
        ENGINE,
        NETWORK,
        IMAGE
    }

    /** Order of rules: by the most trustworthy kind that they use. */
    static final Comparator<OwnerSelector> MOST_TRUSTWORTHY_FIRST = Comparator.comparing(selector ->
            selector.patterns.keySet().stream().min(Comparator.naturalOrder()).orElse(Kind.IMAGE));

    public OwnerSelector {
        patterns = Collections.unmodifiableMap(new TreeMap<>(patterns));
        if (patterns.isEmpty() || patterns.containsKey(Kind.LABEL) == labelName.isEmpty()) {
            throw new IllegalArgumentException("not a selector: " + patterns + " " + labelName);
        }
    }

    /** Whether a label decides, so that an image could decide, too, if its labels counted. */
    boolean usesLabels() {
        return patterns.keySet().stream().anyMatch(Set.of(Kind.LABEL, Kind.PROJECT, Kind.STACK)::contains);
    }

    boolean matches(ContainerFacts facts) {
        return patterns.entrySet().stream().allMatch(entry -> matches(entry.getKey(), entry.getValue(), facts));
    }

    private boolean matches(Kind kind, TextPattern pattern, ContainerFacts facts) {
        return switch (kind) {
            case LABEL -> label(facts, labelName).filter(pattern::matches).isPresent();
            case PROJECT -> label(facts, PROJECT_LABEL).filter(pattern::matches).isPresent();
            case STACK -> label(facts, STACK_LABEL).filter(pattern::matches).isPresent();
            case ENGINE -> pattern.matches(facts.key().engineId());
            case NETWORK ->
                facts.networks().stream().map(NetworkAttachment::name).anyMatch(pattern::matches);
            case IMAGE -> pattern.matches(facts.image());
        };
    }

    /**
     * Returns the value of a label that whoever started the container gave. One that the image brings does not count,
     * and one of which nobody knows whether it does neither.
     */
    private static Optional<String> label(ContainerFacts facts, String name) {
        return facts.ofImage().flatMap(known -> value(facts, name));
    }

    /** Returns the value of a label, unless it is known that the image brings it. */
    static Optional<String> value(ContainerFacts facts, String name) {
        return Optional.ofNullable(facts.labels().get(name))
                .filter(value -> !value.isEmpty()
                        && facts.ofImage()
                                .filter(ofImage -> ofImage.contains(name))
                                .isEmpty());
    }
}
