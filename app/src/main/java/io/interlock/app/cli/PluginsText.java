package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The plugins. */
final class PluginsText {

    private PluginsText() {}

    static String of(JsonNode answer) {
        Table table = new Table("PLUGIN", "VERSION", "NEEDS API", "TYPE", "STATE", "LAST RESULT", "DETAIL");
        for (JsonNode plugin : answer.path("plugins")) {
            table.row(
                    Words.text(plugin, "id"),
                    Words.text(plugin, "version"),
                    Words.text(plugin, "requires"),
                    Words.text(plugin, "type"),
                    Words.word(plugin, "state"),
                    Words.text(plugin, "last_result"),
                    Words.text(plugin, "detail"));
        }
        return table.isEmpty() ? "There are no plugins." : table.toString();
    }
}
