package io.interlock.app.config.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.json.LocatedJson;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeyGroup;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigVariables;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.util.EditDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets the keys that environment variables give in the document, so that the rest of the reader sees one document. Keys
 * of plugins are not set here: the plugin host knows their types.
 */
final class VariableLayer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String LIST = "[]";
    private static final int SIMILAR = 3;

    private final ProcessEnvironment environment;
    private final ConfigProblemCollector problems;
    private final Map<String, ConfigLocation> places = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    VariableLayer(ProcessEnvironment environment, ConfigProblemCollector problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** Returns the document with the values of variables. Changes the document. */
    LocatedJson over(LocatedJson document) {
        // Groups are in the order from the root, so that a variable for an object comes before those for its keys.
        ConfigKeys.sections().forEach(group -> apply(group, document.root()));
        return new LocatedJson(document.root(), document.locations().with(places));
    }

    /** Returns a text for each variable that looks like one of Interlock's and sets nothing. */
    List<String> warnings() {
        Set<String> unknown = new TreeSet<>(environment.environment().keySet());
        unknown.removeIf(name -> !name.startsWith(ConfigVariables.PREFIX)
                || name.startsWith(ConfigVariables.PLUGINS_PREFIX)
                || ConfigVariables.PROCESS.contains(name)
                || used.contains(name)
                || environment.variable(name).isEmpty());
        return unknown.stream()
                .map(name -> "environment variable " + name + " sets no key of Interlock and is ignored"
                        + similar(name)
                                .map(key -> "; did you mean " + key + "?")
                                .orElse(""))
                .toList();
    }

    private static Optional<String> similar(String name) {
        return ConfigKeys.sections().stream()
                .flatMap(group -> group.keys().stream())
                .map(ConfigKey::variable)
                .filter(known -> EditDistance.between(name, known) <= SIMILAR)
                .min(Comparator.comparingInt(known -> EditDistance.between(name, known)));
    }

    private void apply(ConfigKeyGroup group, ObjectNode root) {
        int list = group.path().indexOf(LIST);
        if (list < 0) {
            group.keys().forEach(key -> set(key, key.variable(), key.path(), root));
            return;
        }
        String listPath = group.path().substring(0, list);
        String prefix = ConfigVariables.PREFIX + listPath.substring(2).toUpperCase(Locale.ROOT) + "_";
        for (int i = 0; i < size(root, listPath) || anyBeginsWith(prefix + i + "_"); i++) {
            int index = i;
            for (ConfigKey<?> key : group.keys()) {
                String variable = prefix + index + "_" + key.variable().substring(prefix.length() + 2);
                set(key, variable, key.path().replace(LIST, "[" + index + "]"), root);
            }
        }
    }

    private static int size(ObjectNode root, String listPath) {
        return root.path(listPath.substring(2)).size();
    }

    private boolean anyBeginsWith(String prefix) {
        return environment.environment().keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private void set(ConfigKey<?> key, String variable, String path, ObjectNode root) {
        Optional<String> text = environment.variable(variable);
        if (text.isEmpty()) {
            return;
        }
        used.add(variable);
        ConfigLocation place = new ConfigLocation.Variable(variable);
        Optional<JsonNode> value = value(key, text.get(), place);
        Optional<ObjectNode> parent = parent(root, path);
        if (value.isPresent() && parent.isPresent()) {
            parent.get().set(key.name(), value.get());
            if (places.put(path, place) == null) {
                removeAlternative(key, path, parent.get());
            }
        }
    }

    /** A variable for a secret replaces the file of the document that has the secret, and the other way round. */
    private void removeAlternative(ConfigKey<?> key, String path, ObjectNode parent) {
        String name = key.name();
        String other = key.secret() ? key.fileKey() : name.replaceAll("_file$", "");
        String otherPath = path.substring(0, path.length() - name.length()) + other;
        if (!other.equals(name) && !places.containsKey(otherPath)) {
            parent.remove(other);
        }
    }

    private Optional<JsonNode> value(ConfigKey<?> key, String text, ConfigLocation place) {
        JsonNode schema = key.type().schema();
        String type = schema.has("enum") ? "string" : schema.path("type").asText();
        boolean isListOfTexts = type.equals("array")
                && !schema.path("items").path("type").asText().equals("object");
        if (type.equals("string")) {
            return Optional.of(TextNode.valueOf(text));
        }
        if (isListOfTexts && !text.strip().startsWith("[")) {
            ArrayNode texts = JsonNodeFactory.instance.arrayNode();
            Arrays.stream(text.split(",")).map(String::strip).forEach(texts::add);
            return Optional.of(texts);
        }
        try {
            JsonNode parsed = JSON.readTree(text);
            return Optional.of(parsed.isTextual() ? TextNode.valueOf(text) : parsed);
        } catch (JsonProcessingException e) {
            boolean isDocument = type.equals("object") || type.equals("array");
            problems.add(
                    place,
                    isDocument
                            ? "a " + key.type().label() + " in JSON"
                            : "a " + key.type().label(),
                    isDocument ? "a text that is none" : ConfigValueFormatter.text(text));
            return Optional.empty();
        }
    }

    /** Returns the object at the path of its member; creates what is missing on the way. */
    private static Optional<ObjectNode> parent(ObjectNode root, String path) {
        JsonNode node = root;
        List<String> steps = new ArrayList<>(
                List.of(path.substring(JsonPaths.ROOT.length() + 1).split("[.\\[]")));
        steps.removeLast();
        for (int i = 0; i < steps.size() && node != null; i++) {
            String step = steps.get(i);
            boolean isListNext = i + 1 < steps.size() && steps.get(i + 1).endsWith("]");
            node = step.endsWith("]") && node instanceof ArrayNode list
                    ? element(list, Integer.parseInt(step.substring(0, step.length() - 1)))
                    : member(node, step, isListNext);
        }
        return Optional.ofNullable(node instanceof ObjectNode object ? object : null);
    }

    private static JsonNode element(ArrayNode list, int index) {
        return index < list.size() ? list.get(index) : list.addObject();
    }

    private static @Nullable JsonNode member(JsonNode node, String name, boolean isList) {
        if (!(node instanceof ObjectNode object)) {
            return null;
        }
        if (!object.has(name)) {
            return isList ? object.putArray(name) : object.putObject(name);
        }
        return object.get(name);
    }
}
