package io.interlock.app.config.reader;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.ContainerFilter;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Binds the operator's limits for containers. */
final class ContainerPolicyBinder {

    private final ConfigSection root;
    private final List<EngineConfig> engines;

    /**
     * @param engines all configured engines
     */
    ContainerPolicyBinder(ConfigSection root, List<EngineConfig> engines) {
        this.root = root;
        this.engines = engines;
    }

    ContainerPolicy bind() {
        return new ContainerPolicy(
                root.get(ConfigKeys.TCP_PORTS),
                root.get(ConfigKeys.FILTER_OBJECT).map(this::filter).orElse(ContainerFilter.NONE),
                !root.valueOf(ConfigKeys.DEFAULT));
    }

    private ContainerFilter filter(ConfigSection section) {
        List<String> ofEngines = section.valueOf(ConfigKeys.FILTER_ENGINE_LABELS);
        return new ContainerFilter(
                section.get(ConfigKeys.FILTER_LABEL),
                section.get(ConfigKeys.FILTER_NAME),
                ofEngines.isEmpty() ? Optional.empty() : Optional.of(enginesWith(ofEngines, section)));
    }

    private Set<String> enginesWith(List<String> labels, ConfigSection section) {
        Set<String> ids = new TreeSet<>();
        for (EngineConfig engine : engines) {
            if (engine.labels().containsAll(labels)) {
                ids.add(engine.id());
            }
        }
        if (ids.isEmpty()) {
            section.wrong(
                    ConfigKeys.FILTER_ENGINE_LABELS,
                    "labels of which an engine in $.engines has all",
                    String.join(", ", labels));
        }
        return ids;
    }
}
