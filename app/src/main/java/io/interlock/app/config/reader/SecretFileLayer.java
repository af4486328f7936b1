package io.interlock.app.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.json.LocatedJson;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeyGroup;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigValue;
import io.interlock.app.config.key.PathTypes;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.pluginhost.SecretFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets each secret key whose file the document names, so that the rest of the reader sees one document.
 */
final class SecretFileLayer {

    private static final String LIST = "[]";

    private final Path base;
    private final ConfigProblemCollector problems;
    private final Map<String, ConfigLocation> places = new HashMap<>();
    private final Set<Path> files = new TreeSet<>();

    /**
     * @param base the folder that relative paths start from
     */
    SecretFileLayer(Path base, ConfigProblemCollector problems) {
        this.base = base;
        this.problems = problems;
    }

    /** Returns the document with the secrets from files. Changes the document. */
    LocatedJson over(LocatedJson document) {
        for (ConfigKeyGroup group : ConfigKeys.sections()) {
            for (ConfigKey<?> key : group.keys()) {
                if (key.secret()) {
                    visit(
                            document,
                            document.root(),
                            JsonPaths.ROOT,
                            group.path().substring(1),
                            key);
                }
            }
        }
        return new LocatedJson(document.root(), document.locations().with(places));
    }

    /** Returns the files that were read, absolute. */
    Set<Path> files() {
        return files;
    }

    /** Visits the objects of a group below a node; {@code rest} is what remains of the group's path. */
    private void visit(LocatedJson document, JsonNode node, String path, String rest, ConfigKey<?> key) {
        if (rest.startsWith(LIST)) {
            for (int i = 0; i < node.size(); i++) {
                visit(document, node.path(i), JsonPaths.element(path, i), rest.substring(LIST.length()), key);
            }
        } else if (!rest.isEmpty()) {
            String step = rest.substring(1).split("[.\\[]", 2)[0];
            visit(document, node.path(step), JsonPaths.member(path, step), rest.substring(1 + step.length()), key);
        } else if (node instanceof ObjectNode object && isGiven(object, key.fileKey())) {
            set(document, object, path, key);
        }
    }

    private static boolean isGiven(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        return !value.isMissingNode()
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    private void set(LocatedJson document, ObjectNode object, String path, ConfigKey<?> key) {
        ConfigLocation place = document.locations().of(JsonPaths.member(path, key.fileKey()));
        if (isGiven(object, key.name())) {
            problems.add(place, "either " + key.name() + " or " + key.fileKey(), "both");
            return;
        }
        Optional<Path> named = PathTypes.anyPath()
                .read(new ConfigValue(
                        object.get(key.fileKey()),
                        JsonPaths.member(path, key.fileKey()),
                        false,
                        new ConfigValue.Source(document.locations(), base, problems)));
        if (named.isEmpty()) {
            return;
        }
        Path file = named.get();
        files.add(file);
        places.put(JsonPaths.member(path, key.name()), place);
        if (key.type().acceptsPath()) {
            object.put(key.name(), file.toString());
            return;
        }
        String expected = "a readable file with " + key.type().range();
        try {
            String secret = SecretFileReader.read(file);
            if (secret.isEmpty()) {
                problems.add(place, expected, "an empty file");
            }
            object.put(key.name(), secret);
        } catch (IOException e) {
            problems.add(place, expected, String.valueOf(e.getMessage()));
        }
    }
}
