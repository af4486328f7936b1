package io.interlock.app.docker;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.image.ImageContentCache;
import io.interlock.app.inventory.FactSelection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to watch.
 *
 * @param engines the engines, ids unique
 * @param selected labels and variables that are kept
 * @param images finds out which labels come from images; empty: nobody asks
 */
public record EngineWatchSettings(
        List<EngineConfig> engines, FactSelection selected, Optional<ImageContentCache> images) {

    static final EngineWatchSettings NONE = of(List.of());

    public EngineWatchSettings {
        engines = List.copyOf(engines);
    }

    /** Returns settings for Interlock's own labels alone. */
    static EngineWatchSettings of(List<EngineConfig> engines) {
        return of(engines, FactSelection.OWN, false);
    }

    /**
     * @param asksForImages whether to find out which labels come from images
     */
    public static EngineWatchSettings of(List<EngineConfig> engines, FactSelection selected, boolean asksForImages) {
        return new EngineWatchSettings(
                engines, selected, asksForImages ? Optional.of(new ImageContentCache()) : Optional.empty());
    }

    Map<String, EngineConfig> byId() {
        Map<String, EngineConfig> byId = new LinkedHashMap<>();
        engines.forEach(engine -> byId.put(engine.id(), engine));
        return byId;
    }

    /** Whether the same is asked about each container. */
    boolean hasLabelsOf(EngineWatchSettings other) {
        return selected.equals(other.selected) && images.isPresent() == other.images.isPresent();
    }
}
