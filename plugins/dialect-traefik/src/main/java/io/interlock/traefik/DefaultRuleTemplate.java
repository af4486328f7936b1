package io.interlock.traefik;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Template of a rule with the usual words: {@code .Name}, {@code .ContainerName}, {@code index .Labels "NAME"}, and the functions
 * {@code normalize}, {@code lower} and {@code trimPrefix "…"} before them.
 */
final class DefaultRuleTemplate {

    private static final Pattern ACTION = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?\\}\\}");
    private static final Pattern WORDS =
            Pattern.compile("(?:(normalize|lower)\\s+)?(?:trimPrefix\\s+[`\"]([^`\"]*)[`\"]\\s+)?"
                    + "(?:\\.(Name|ContainerName|ServiceName)|\\(?index\\s+\\.Labels\\s+[`\"]([^`\"]+)[`\"]\\)?)");

    private DefaultRuleTemplate() {}

    /**
     * Returns the rule of a container.
     *
     * @param labels those of the container that the dialect reads
     * @throws IllegalArgumentException if the template has other words
     */
    static String expand(String template, String name, Map<String, String> labels) {
        Matcher action = ACTION.matcher(template);
        StringBuilder rule = new StringBuilder();
        while (action.find()) {
            Matcher words = WORDS.matcher(action.group(1));
            if (!words.matches()) {
                throw new IllegalArgumentException(
                        "default_rule has {{" + action.group(1)
                                + "}}, expected .Name or index .Labels \"NAME\", with normalize, lower or trimPrefix before it");
            }
            String value = words.group(3) != null ? name : labels.getOrDefault(words.group(4), "");
            if (words.group(2) != null && value.startsWith(words.group(2))) {
                value = value.substring(words.group(2).length());
            }
            if ("normalize".equals(words.group(1))) {
                value = value.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
            }
            action.appendReplacement(
                    rule,
                    Matcher.quoteReplacement(value.toLowerCase(Locale.ROOT).replace("`", "")));
        }
        return action.appendTail(rule).toString();
    }
}
