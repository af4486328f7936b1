package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Problems, each with what to do. */
final class ProblemsText {

    private ProblemsText() {}

    static String of(JsonNode problems) {
        List<String> lines = new ArrayList<>();
        for (JsonNode problem : problems) {
            lines.add("  " + mark(problem) + " " + JsonText.word(problem, "source") + " "
                    + JsonText.text(problem, "subject")
                    + where(problem) + ": "
                    + (JsonText.isMissing(problem, "field") ? "" : JsonText.text(problem, "field") + " ")
                    + (JsonText.isMissing(problem, "value") ? "" : "\"" + JsonText.text(problem, "value") + "\" ")
                    + JsonText.text(problem, "reason")
                    + (JsonText.isMissing(problem, "effect") ? "" : "; " + JsonText.text(problem, "effect")));
            if (!JsonText.isMissing(problem, "advice")) {
                lines.add("      -> " + JsonText.text(problem, "advice"));
            }
        }
        return String.join("\n", lines);
    }

    private static String where(JsonNode problem) {
        if (!JsonText.isMissing(problem, "backend_name")) {
            return " (backend " + JsonText.text(problem, "backend_name") + ")";
        }
        String container = JsonText.text(problem, "container");
        int slash = container.indexOf('/');
        return slash < 0 ? "" : " on " + container.substring(0, slash);
    }

    private static String mark(JsonNode problem) {
        return switch (problem.path("severity").asText()) {
            case "error" -> "ERROR  ";
            case "warning" -> "WARNING";
            case "waiting" -> "WAITING";
            default -> "note   ";
        };
    }
}
