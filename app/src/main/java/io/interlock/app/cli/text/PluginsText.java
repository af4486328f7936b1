package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;

/** The plugins. */
public final class PluginsText {

    private PluginsText() {}

    public static String of(JsonNode answer) {
        TextTable table = new TextTable("PLUGIN", "VERSION", "NEEDS API", "TYPE", "STATE", "LAST RESULT", "DETAIL");
        for (JsonNode plugin : answer.path("plugins")) {
            table.row(
                    JsonText.text(plugin, "id"),
                    JsonText.text(plugin, "version"),
                    JsonText.text(plugin, "requires"),
                    JsonText.text(plugin, "type"),
                    JsonText.word(plugin, "state"),
                    JsonText.text(plugin, "last_result"),
                    JsonText.text(plugin, "detail"));
        }
        return table.isEmpty() ? "There are no plugins." : table.toString();
    }
}
