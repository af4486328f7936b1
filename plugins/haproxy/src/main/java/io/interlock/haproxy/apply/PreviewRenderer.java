package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.topology.Topology;
import io.interlock.haproxy.apply.DesiredConfigSource.Draft;
import io.interlock.haproxy.model.ConfigSecretMask;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.render.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Renders the files that HAProxy would get. Safe for use by any thread. */
public final class PreviewRenderer {

    private final Supplier<DesiredConfigSource> sources;
    private final Path config;

    /**
     * @param sources creates a source for each call, because a source is confined to one thread
     * @param config the path of HAProxy's configuration
     */
    public PreviewRenderer(Supplier<DesiredConfigSource> sources, Path config) {
        this.sources = sources;
        this.config = config;
    }

    /**
     * Previews the files for a topology.
     *
     * @throws IOException if the template is invalid, or a file cannot be read
     */
    ConfigPreview of(Topology topology) throws IOException {
        try {
            DesiredConfigSource source = sources.get();
            return of(source.draft(topology), source);
        } catch (TemplateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Previews the files for a draft.
     *
     * @throws IOException if the template cannot render the draft, or a file cannot be read
     */
    ConfigPreview of(Draft draft, DesiredConfigSource source) throws IOException {
        RenderedConfig rendered;
        try {
            rendered = source.render(draft);
        } catch (TemplateException e) {
            throw new IOException(e.getMessage(), e);
        }
        List<ConfigPreview.File> files = new ArrayList<>();
        files.add(file(config, rendered.config()));
        for (Map.Entry<Path, String> map : rendered.maps().entrySet()) {
            files.add(file(map.getKey(), map.getValue()));
        }
        return new ConfigPreview(files);
    }

    private static ConfigPreview.File file(Path path, String text) throws IOException {
        return new ConfigPreview.File(
                path, ConfigSecretMask.mask(text), present(path).map(ConfigSecretMask::mask));
    }

    private static Optional<String> present(Path path) throws IOException {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
