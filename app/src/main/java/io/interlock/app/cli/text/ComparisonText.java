package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.CountText;
import java.util.ArrayList;
import java.util.List;

/** Answers of two proxies that differ, as text. */
public final class ComparisonText {

    private ComparisonText() {}

    public static String of(JsonNode comparison) {
        List<String> lines = new ArrayList<>();
        for (JsonNode answer : comparison.path("answers")) {
            lines.add(JsonText.text(answer, "host") + JsonText.text(answer, "path") + " differs");
            for (JsonNode difference : answer.path("differences")) {
                lines.add("  " + difference.path("what").asText() + ": " + shown(difference, "before") + " before, "
                        + shown(difference, "after") + " by Interlock");
            }
        }
        lines.add(CountText.of(comparison.path("requests").asInt(), "request") + " to "
                + JsonText.text(comparison, "before")
                + " and " + JsonText.text(comparison, "after") + ": "
                + CountText.of(comparison.path("answers").size(), "answer") + " with a difference.");
        return String.join("\n", lines);
    }

    private static String shown(JsonNode difference, String side) {
        String text = difference.path(side).asText().replace("\n", ", ");
        return text.isEmpty() ? "none" : text;
    }
}
