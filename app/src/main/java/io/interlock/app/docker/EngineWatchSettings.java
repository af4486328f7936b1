package io.interlock.app.docker;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.image.ImageContentCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to watch.
 *
 * @param engines the engines, ids unique
 * @param labels names of labels that are kept in addition to Interlock's own
 * @param images finds out which labels come from images; empty: nobody asks
 */
public record EngineWatchSettings(List<EngineConfig> engines, Set<String> labels, Optional<ImageContentCache> images) {

    static final EngineWatchSettings NONE = of(List.of());

    public EngineWatchSettings {
        engines = List.copyOf(engines);
        labels = Set.copyOf(labels);
    }

    /** Returns settings for Interlock's own labels alone. */
    static EngineWatchSettings of(List<EngineConfig> engines) {
        return of(engines, Set.of(), false);
    }

    /**
     * @param asksForImages whether to find out which labels come from images
     */
    public static EngineWatchSettings of(List<EngineConfig> engines, Set<String> labels, boolean asksForImages) {
        return new EngineWatchSettings(
                engines, labels, asksForImages ? Optional.of(new ImageContentCache()) : Optional.empty());
    }

    Map<String, EngineConfig> byId() {
        Map<String, EngineConfig> byId = new LinkedHashMap<>();
        engines.forEach(engine -> byId.put(engine.id(), engine));
        return byId;
    }

    /** Whether the same is asked about each container. */
    boolean hasLabelsOf(EngineWatchSettings other) {
        return labels.equals(other.labels) && images.isPresent() == other.images.isPresent();
    }
}
