package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;

/** What happened. */
public final class EventText {

    private static final int KIND_WIDTH = 16;

    private EventText() {}

    public static String all(JsonNode answer) {
        String lines = answer.path("events").valueStream().map(EventText::of).collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "Nothing has happened yet." : lines;
    }

    public static String of(JsonNode event) {
        String kind = JsonText.word(event, "kind");
        return JsonText.text(event, "at") + "  " + kind + " ".repeat(Math.max(2, KIND_WIDTH - kind.length()))
                + JsonText.text(event, "subject")
                + (JsonText.isMissing(event, "text") ? "" : "  " + JsonText.text(event, "text"));
    }
}
