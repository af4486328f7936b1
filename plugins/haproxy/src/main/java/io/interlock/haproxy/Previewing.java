package io.interlock.haproxy;

import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.topology.Topology;
import io.interlock.haproxy.Source.Draft;
import io.interlock.haproxy.render.Rendered;
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
final class Previewing {

    /** Everything behind the user's name: of the statistics page, and of the user lists of own templates. */
    private static final Pattern SECRETS =
            Pattern.compile("(?m)^(\\s*(?:stats\\s+auth\\s+[^:\\n]*:|user\\s+\\S+\\s+(?:insecure-)?password\\s+)).*$");

    private final Supplier<Source> sources;
    private final Path config;

    /**
     * @param sources makes a source of the asker's own: one is for one thread
     * @param config where HAProxy's configuration is
     */
    Previewing(Supplier<Source> sources, Path config) {
        this.sources = sources;
        this.config = config;
    }

    /**
     * What a topology would lead to.
     *
     * @throws IOException if the template is none, or a file cannot be read
     */
    Preview of(Topology topology) throws IOException {
        try {
            Source source = sources.get();
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
    Preview of(Draft draft, Source source) throws IOException {
        Rendered rendered;
        try {
            rendered = source.render(draft);
        } catch (TemplateException e) {
            throw new IOException(e.getMessage(), e);
        }
        List<Preview.File> files = new ArrayList<>();
        files.add(file(config, rendered.config()));
        for (Map.Entry<Path, String> map : rendered.maps().entrySet()) {
            files.add(file(map.getKey(), map.getValue()));
        }
        return new Preview(files);
    }

    private static Preview.File file(Path path, String text) throws IOException {
        return new Preview.File(path, withoutSecrets(text), present(path).map(Previewing::withoutSecrets));
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
