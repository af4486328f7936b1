package io.interlock.app.dialect;

import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.NetworkAttachment;
import java.util.Map;
import java.util.TreeMap;

/**
 * Dialect that is on.
 *
 * @param name as in {@code dialects} of the configuration
 * @param sources what it reads
 * @param dialect never throws
 */
public record NamedDialect(String name, DialectSources sources, LabelDialect dialect) {

    /** Whether a container has a label or variable for this dialect. */
    public boolean isAddressed(ContainerFacts facts) {
        return isAddressed(input(facts));
    }

    /** Returns what the container asks for. */
    public DialectTranslation translate(ContainerFacts facts) {
        DialectInput input = input(facts);
        return isAddressed(input) || sources.everyContainer() ? dialect.translate(input) : DialectTranslation.NOTHING;
    }

    private static boolean isAddressed(DialectInput input) {
        return !input.labels().isEmpty() || !input.environment().isEmpty();
    }

    private DialectInput input(ContainerFacts facts) {
        Map<String, String> labels = new TreeMap<>(facts.labels());
        labels.keySet().removeIf(label -> !FactSelection.hasLabelPrefix(label, sources.labelPrefixes()));
        Map<String, String> variables = new TreeMap<>(facts.environment());
        variables.keySet().removeIf(name -> sources.variablePrefixes().stream().noneMatch(name::startsWith));
        return new DialectInput(
                facts.name(),
                labels,
                variables,
                facts.exposedTcpPorts(),
                facts.networks().stream().map(NetworkAttachment::name).toList());
    }
}
