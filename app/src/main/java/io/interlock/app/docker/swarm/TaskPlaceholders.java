package io.interlock.app.docker.swarm;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Placeholders that a swarm replaces in the host name and the environment of a task's container. The swarm's JSON of a
 * task contains the placeholders; only an inspect on its node has their values. An unknown placeholder stays as it is.
 */
final class TaskPlaceholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{-?\\s*\\.([A-Za-z]+\\.[A-Za-z]+)\\s*-?}}");

    private final Map<String, String> values;

    /**
     * @param values by placeholder, for example {@code Service.Name}
     */
    TaskPlaceholders(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    String expand(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
