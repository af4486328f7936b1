package io.interlock.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.problem.ConfigValueFormatter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares two configurations, key by key. */
public final class ConfigComparison {

    private static final String ENGINES = "$.engines";
    private static final String PLUGINS = "$.plugins";
    private static final Pattern ENGINE = Pattern.compile("\\$\\.engines\\['[^']*']");

    /** Keys whose values may be shown; the keys of plugins are not known here, and may be secret. */
    private static final Set<String> SHOWN = ConfigKeys.sections().stream()
            .flatMap(section -> section.keys().stream())
            .filter(key -> !key.secret())
            .map(ConfigKey::path)
            .collect(Collectors.toSet());

    private ConfigComparison() {}

    /** Returns what differs, by path; files last. */
    public static List<ConfigChange> changes(ConfigDocument before, ConfigDocument after) {
        List<ConfigChange> changes = new ArrayList<>(changes(before.root(), after.root()));
        Map<Path, String> present = new TreeMap<>(after.files());
        present.forEach((file, digest) -> {
            String earlier = before.files().get(file);
            if (earlier != null && !earlier.equals(digest)) {
                changes.add(new ConfigChange(file.toString(), "its content changed"));
            }
        });
        return changes;
    }

    /** Returns what differs between two documents, by path. */
    public static List<ConfigChange> changes(ObjectNode before, ObjectNode after) {
        Map<String, JsonNode> earlier = flat(before);
        Map<String, JsonNode> later = flat(after);
        Set<String> paths = new TreeSet<>(earlier.keySet());
        paths.addAll(later.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(earlier.get(path), later.get(path)))
                .filter(path -> isEngine(path) || !isParentOfMore(path, paths))
                .filter(path -> !isOfOtherEngine(path, earlier, later))
                .map(path -> new ConfigChange(path, text(path, earlier.get(path), later.get(path))))
                .toList();
    }

    private static boolean isEngine(String path) {
        return ENGINE.matcher(path).matches();
    }

    /** An engine that came or went is shown as one. */
    private static boolean isOfOtherEngine(String path, Map<String, JsonNode> earlier, Map<String, JsonNode> later) {
        Matcher engine = ENGINE.matcher(path);
        return engine.lookingAt()
                && engine.end() < path.length()
                && earlier.containsKey(engine.group()) != later.containsKey(engine.group());
    }

    /** An object that came or went is shown by its keys, unless it has none. */
    private static boolean isParentOfMore(String path, Set<String> paths) {
        return paths.stream().anyMatch(other -> other.startsWith(path + ".") || other.startsWith(path + "["));
    }

    private static String text(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        boolean isShown = !isEngine(path)
                && SHOWN.contains(path.replaceAll("\\['[^']*']|\\[\\d+]", "[]"))
                && !path.startsWith(PLUGINS)
                && isPlain(before)
                && isPlain(after);
        if (before == null) {
            return isShown ? "now " + shown(after) : "was added";
        }
        if (after == null) {
            return isShown ? "was " + shown(before) + ", now the default" : "was removed";
        }
        return isShown ? shown(before) + " became " + shown(after) : "changed";
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "" : ConfigValueFormatter.value(value);
    }

    private static boolean isPlain(@Nullable JsonNode value) {
        return value == null || value.isValueNode();
    }

    private static Map<String, JsonNode> flat(ObjectNode root) {
        Map<String, JsonNode> values = new TreeMap<>();
        add(JsonPaths.ROOT, root, values);
        values.remove(JsonPaths.ROOT);
        return values;
    }

    private static void add(String path, JsonNode node, Map<String, JsonNode> values) {
        if (node instanceof ObjectNode object) {
            // Its keys are compared one by one; the empty object stands for the object itself.
            values.put(path, object.objectNode());
            object.properties()
                    .forEach(member -> add(JsonPaths.member(path, member.getKey()), member.getValue(), values));
        } else if (path.equals(ENGINES) && node.isArray()) {
            node.forEach(entry -> add(path + "['" + id(entry) + "']", entry, values));
        } else {
            values.put(path, node);
        }
    }

    private static String id(JsonNode entry) {
        return entry.path("engine").path("id").asText(ConfigKeys.ENGINE_ID.standardValue());
    }
}
