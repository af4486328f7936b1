package io.interlock.app.config;

import io.interlock.app.topology.Terms;
import io.interlock.app.topology.Terms.Filter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Binds what the operator lets containers have. */
final class TermsBinder {

    private final Section root;
    private final List<EngineConfig> engines;

    /**
     * @param engines all that there are
     */
    TermsBinder(Section root, List<EngineConfig> engines) {
        this.root = root;
        this.engines = engines;
    }

    Terms bind() {
        return new Terms(
                root.get(ConfigKeys.TCP_PORTS),
                root.get(ConfigKeys.FILTER_OBJECT).map(this::filter).orElse(Filter.NONE),
                !root.valueOf(ConfigKeys.DEFAULT));
    }

    private Filter filter(Section section) {
        List<String> ofEngines = section.valueOf(ConfigKeys.FILTER_ENGINE_LABELS);
        return new Filter(
                section.get(ConfigKeys.FILTER_LABEL),
                section.get(ConfigKeys.FILTER_NAME),
                ofEngines.isEmpty() ? Optional.empty() : Optional.of(enginesWith(ofEngines, section)));
    }

    private Set<String> enginesWith(List<String> labels, Section section) {
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
