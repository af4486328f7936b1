package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Text of the answer to {@code reload}. */
public final class ReloadText {

    private ReloadText() {}

    public static String of(JsonNode answer) {
        List<String> lines = new ArrayList<>(List.of(headline(JsonText.text(answer, "outcome"))));
        add(lines, answer, "problems", "");
        add(lines, answer, "changes", "");
        add(lines, answer, "failures", "not applied: ");
        add(lines, answer, "next_start", "waits for the next start: ");
        return String.join("\n", lines);
    }

    private static String headline(String outcome) {
        return switch (outcome) {
            case "unchanged" -> "Nothing changed.";
            case "applied" -> "The configuration was read again and is in use:";
            case "failed" -> "The configuration was read again, but a part of it could not be applied:";
            case "dry_run" -> "These changes would be applied:";
            default -> "The configuration has problems and is not used; the earlier one stays in use:";
        };
    }

    private static void add(List<String> lines, JsonNode answer, String key, String before) {
        answer.path(key).forEach(line -> lines.add("  " + before + line.asText()));
    }
}
