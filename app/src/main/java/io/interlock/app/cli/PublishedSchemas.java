package io.interlock.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON Schemas of what people write: the same files as in the folders docs and schema. */
final class PublishedSchemas {

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "config", "controller.schema.json",
            "container", "interlock-data.schema.json",
            "service", "service.schema.json"));

    private PublishedSchemas() {}

    /** The names of what there are schemas of. */
    static List<String> names() {
        return List.copyOf(FILES.keySet());
    }

    /** The schema of a name; empty if there is none. */
    static Optional<String> text(String name) {
        return Optional.ofNullable(FILES.get(name)).map(PublishedSchemas::read);
    }

    private static String read(String file) {
        try (InputStream in = PublishedSchemas.class.getResourceAsStream("/schema/" + file)) {
            if (in == null) {
                throw new IllegalStateException("not packed: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot be read: " + file, e);
        }
    }
}
