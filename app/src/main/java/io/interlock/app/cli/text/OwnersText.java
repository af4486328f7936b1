package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The owners, their names, and the claims that were refused. */
public final class OwnersText {

    private static final int SHOWN_NAMES = 5;

    private OwnersText() {}

    public static String of(JsonNode answer) {
        TextTable owners = new TextTable("OWNER", "NAMES", "REFUSED NOW", "REFUSED SO FAR");
        TextTable claims = new TextTable("OWNER", "CONTAINER", "ASKED FOR", "BELONGS TO", "REASON");
        for (JsonNode owner : answer.path("owners")) {
            owners.row(
                    JsonText.text(owner, "owner"),
                    names(owner.path("names")),
                    Integer.toString(owner.path("refused").size()),
                    owner.path("refusals").asText());
            for (JsonNode claim : owner.path("refused")) {
                claims.row(
                        JsonText.text(owner, "owner"),
                        JsonText.text(claim, "container_name"),
                        JsonText.text(claim, "claimed"),
                        claim.path("holders").isEmpty() ? "nobody" : joined(claim.path("holders")),
                        JsonText.text(claim, "reason"));
            }
        }
        return owners.isEmpty()
                ? "Nobody has a name."
                : owners + (claims.isEmpty() ? "" : "\n\nRefused claims:\n" + claims);
    }

    private static String names(JsonNode names) {
        List<String> shown = new ArrayList<>();
        for (JsonNode name : names) {
            if (shown.size() < SHOWN_NAMES) {
                shown.add(name.asText());
            }
        }
        return shown.isEmpty()
                ? "-"
                : String.join(", ", shown) + (names.size() > SHOWN_NAMES ? ", … (" + names.size() + " names)" : "");
    }

    private static String joined(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.asText()));
        return String.join(", ", all);
    }
}
