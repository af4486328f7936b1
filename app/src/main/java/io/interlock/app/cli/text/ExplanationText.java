package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why something is served, or why not. */
public final class ExplanationText {

    private static final String DETAIL = " ".repeat(16);

    private ExplanationText() {}

    public static String of(JsonNode answer) {
        List<String> parts = new ArrayList<>();
        parts.add(verdict(answer.path("verdict").asText()) + ": " + JsonText.text(answer, "summary"));
        answer.path("paths").forEach(path -> parts.add(way(path)));
        if (!answer.path("problems").isEmpty()) {
            parts.add("Found:\n" + ProblemsText.of(answer.path("problems")));
        }
        if (!answer.path("suggestions").isEmpty()) {
            parts.add("Did you mean " + JsonText.list(answer.path("suggestions")) + "?");
        }
        return String.join("\n\n", parts);
    }

    private static String verdict(String verdict) {
        return switch (verdict) {
            case "served" -> "SERVED";
            case "unavailable" -> "UNAVAILABLE";
            case "not_served" -> "NOT SERVED";
            default -> "UNKNOWN";
        };
    }

    private static String way(JsonNode path) {
        String listeners = path.path("listeners")
                .valueStream()
                .map(ExplanationText::listener)
                .collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        lines.add("  listener      " + (listeners.isEmpty() ? "-" : listeners));
        lines.add("  virtual host  " + JsonText.list(path.path("host_names")));
        lines.add(
                "  route         " + JsonText.text(path, "matched") + JsonText.text(path.path("route"), "path_prefix"));
        lines.add("  backend       " + JsonText.text(path.path("backend"), "name") + ", checked by "
                + JsonText.text(path.path("backend"), "health_check"));
        for (JsonNode served : path.path("servers")) {
            String check = ServerText.check(served);
            lines.add("  server        " + JsonText.text(served.path("server"), "name") + " at "
                    + ServerText.address(served) + ServerText.place(served) + ": "
                    + ServerText.state(served) + since(served) + (check.equals("-") ? "" : ", " + check)
                    + shares(served));
            if (!JsonText.isMissing(served, "choice")) {
                lines.add(DETAIL + "address: " + JsonText.text(served, "choice"));
            }
            if (!JsonText.isMissing(served, "advice")) {
                lines.add(DETAIL + "to get requests: " + JsonText.text(served, "advice"));
            }
        }
        return String.join("\n", lines);
    }

    private static String since(JsonNode served) {
        return JsonText.isMissing(served, "since") ? "" : " for " + JsonText.seconds(served.path("since"));
    }

    private static String shares(JsonNode served) {
        String wanted =
                JsonText.isMissing(served, "wanted") ? "" : ", " + JsonText.text(served, "wanted") + " % wanted";
        return wanted + (JsonText.isMissing(served, "seen") ? "" : ", " + JsonText.text(served, "seen") + " % seen");
    }

    private static String listener(JsonNode listener) {
        return "port " + JsonText.text(listener, "port") + " of " + JsonText.text(listener, "load_balancer")
                + (listener.path("serves").asBoolean() ? "" : " (does not serve the latest yet)");
    }
}
