package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Problems, each with what to do. */
final class ProblemsText {

    private ProblemsText() {}

    static String of(JsonNode problems) {
        List<String> lines = new ArrayList<>();
        for (JsonNode problem : problems) {
            lines.add("  " + mark(problem) + " " + Words.word(problem, "source") + " " + Words.text(problem, "subject")
                    + where(problem) + ": "
                    + (Words.isMissing(problem, "field") ? "" : Words.text(problem, "field") + " ")
                    + (Words.isMissing(problem, "value") ? "" : "\"" + Words.text(problem, "value") + "\" ")
                    + Words.text(problem, "reason"));
            if (!Words.isMissing(problem, "advice")) {
                lines.add("      -> " + Words.text(problem, "advice"));
            }
        }
        return String.join("\n", lines);
    }

    private static String where(JsonNode problem) {
        if (!Words.isMissing(problem, "backend_name")) {
            return " (backend " + Words.text(problem, "backend_name") + ")";
        }
        String container = Words.text(problem, "container");
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
