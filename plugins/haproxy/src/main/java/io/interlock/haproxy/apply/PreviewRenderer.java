package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.topology.Topology;
import io.interlock.haproxy.apply.DesiredConfigSource.Draft;
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
import java.util.regex.Pattern;

/** What HAProxy's files would be. May be used on any thread. */
public final class PreviewRenderer {

    /** Everything behind the user's name: of the statistics page, and of the user lists of own templates. */
    private static final Pattern SECRETS =
            Pattern.compile("(?m)^(\\s*(?:stats\\s+auth\\s+[^:\\n]*:|user\\s+\\S+\\s+(?:insecure-)?password\\s+)).*$");

    private final Supplier<DesiredConfigSource> sources;
    private final Path config;

    /**
     * @param sources makes a source of the asker's own: one is for one thread
     * @param config where HAProxy's configuration is
     */
    public PreviewRenderer(Supplier<DesiredConfigSource> sources, Path config) {
        this.sources = sources;
        this.config = config;
    }

    /**
     * What a topology would lead to.
     *
     * @throws IOException if the template is none, or a file cannot be read
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
     * What a draft leads to.
     *
     * @throws IOException if it cannot be written by its template, or a file cannot be read
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
        return new ConfigPreview.File(path, withoutSecrets(text), present(path).map(PreviewRenderer::withoutSecrets));
    }

    private static Optional<String> present(Path path) throws IOException {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String withoutSecrets(String text) {
        return SECRETS.matcher(text).replaceAll("$1…");
    }
}
