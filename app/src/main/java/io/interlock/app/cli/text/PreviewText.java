package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How files that would be written differ from those that lie there. */
public final class PreviewText {

    private static final int CONTEXT = 3;

    private PreviewText() {}

    public static String of(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> balancer :
                answer.path("load_balancers").properties()) {
            for (JsonNode file : balancer.getValue().path("files")) {
                lines.addAll(of(balancer.getKey(), file));
            }
        }
        return lines.isEmpty() ? "No load balancer writes files." : String.join("\n", lines);
    }

    private static List<String> of(String balancer, JsonNode file) {
        String path = JsonText.text(file, "path");
        String name = PrintableText.line(balancer) + ": " + path;
        List<String> desired = lines(file.path("text"));
        if (file.path("present").isNull()) {
            List<String> lines = new ArrayList<>(List.of("# " + name + ", which is not there yet"));
            lines.addAll(desired);
            return lines;
        }
        List<String> present = lines(file.path("present"));
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                path, path + " (would be written)", present, DiffUtils.diff(present, desired), CONTEXT);
        return diff.isEmpty() ? List.of("# " + name + " is as it would be written") : diff;
    }

    /** As they are; but nothing that a terminal would obey. */
    private static List<String> lines(JsonNode text) {
        return text.asText()
                .lines()
                .map(line -> line.replace("\t", "    "))
                .map(PrintableText::line)
                .toList();
    }
}
