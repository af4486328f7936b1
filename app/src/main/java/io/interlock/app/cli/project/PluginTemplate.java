package io.interlock.app.cli.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Template of a plugin's project, as packed into the application: the files that all kinds have, and those of one kind. A
 * placeholder is <code>${name}</code>, as in Maven's archetypes.
 */
final class PluginTemplate {

    /** The kinds of plugins. */
    static final List<String> KINDS = List.of("load-balancer", "stats-sink", "label-dialect", "dns-provider");

    private static final String ROOT = "/plugin-templates";
    private static final String COMMON = "common";
    private static final List<String> SOURCES = List.of("src/main/java/", "src/test/java/");

    private PluginTemplate() {}

    /**
     * Returns the files of a project, by relative path.
     *
     * @param kind one of {@link #KINDS}
     * @param values the values of placeholders by name; {@code package} is also the folder of sources
     */
    static SortedMap<String, String> files(String kind, Map<String, String> values) {
        SortedMap<String, String> files = new TreeMap<>();
        String folder = values.getOrDefault("package", "").replace('.', '/') + "/";
        for (String part : List.of(COMMON, kind)) {
            texts(part).forEach((name, text) -> files.put(placed(name, folder), filled(text, values)));
        }
        return files;
    }

    private static String placed(String name, String folder) {
        return SOURCES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(source -> source + folder + name.substring(source.length()))
                .orElse(name);
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private static Map<String, String> texts(String part) {
        URL url = PluginTemplate.class.getResource(ROOT + "/" + part);
        if (url == null) {
            throw new IllegalStateException("not packed: " + ROOT + "/" + part);
        }
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return texts(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return texts(jar.getPath(ROOT, part));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot be read: " + url, e);
        }
    }

    private static Map<String, String> texts(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file).toString(), Files.readString(file));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return texts;
    }
}
