package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What would become of containers with labels for another proxy, as text. */
public final class MigrationText {

    private MigrationText() {}

    public static String of(JsonNode answer) {
        List<String> parts = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode container : answer.path("containers")) {
            String verdict = verdict(container.path("verdict").asText());
            counts.merge(verdict, 1, Integer::sum);
            parts.add(container(container, verdict));
        }
        int containers = answer.path("containers").size();
        List<String> summary = new ArrayList<>();
        counts.forEach((verdict, count) -> summary.add(count + " " + verdict));
        parts.add(CountText.of(containers, "container") + " with something for " + JsonText.text(answer, "from")
                + (summary.isEmpty() ? "." : ": " + String.join(", ", summary) + "."));
        return String.join("\n\n", parts);
    }

    private static String container(JsonNode container, String verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(JsonText.text(container, "name") + " on engine " + JsonText.text(container, "engine_id") + ": "
                + verdict);
        container.path("routes").forEach(route -> lines.add("  gets     " + route.asText()));
        for (JsonNode remark : container.path("remarks")) {
            String value = remark.path("value").asText();
            String effect = remark.path("effect").asText();
            String advice = remark.path("advice").asText();
            lines.add("  " + kind(remark.path("kind").asText()) + "  "
                    + remark.path("place").asText() + (value.isEmpty() ? "" : " = " + value));
            lines.add("           " + remark.path("reason").asText() + (effect.isEmpty() ? "" : "; " + effect));
            if (!advice.isEmpty()) {
                lines.add("           " + advice);
            }
        }
        return String.join("\n", lines);
    }

    private static String verdict(String verdict) {
        return switch (verdict) {
            case "same" -> "served as before";
            case "off" -> "off";
            case "waiting" -> "served once it is ready";
            case "differs" -> "served with differences";
            case "loses" -> "served with losses";
            default -> "not served";
        };
    }

    private static String kind(String kind) {
        return switch (kind) {
            case "differs" -> "differs";
            case "loses" -> "lost   ";
            case "waiting" -> "waits  ";
            case "off" -> "off    ";
            default -> "refused";
        };
    }
}
