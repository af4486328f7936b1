package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;

/** Every way that requests can take. */
public final class RoutesText {

    private RoutesText() {}

    public static String of(JsonNode answer) {
        TextTable table = new TextTable("HOST", "PATH", "BACKEND", "SERVER", "ENGINE", "ADDRESS", "STATE", "CHECK");
        for (JsonNode way : answer.path("routes")) {
            String hosts = JsonText.list(way.path("host_names"));
            String path = JsonText.text(way.path("route"), "path_prefix");
            String backend = JsonText.text(way.path("backend"), "name");
            if (way.path("servers").isEmpty()) {
                table.row(hosts, path, backend, "-", "-", "-", "-", "-");
            }
            for (JsonNode served : way.path("servers")) {
                table.row(
                        hosts,
                        path,
                        backend,
                        JsonText.text(served.path("server"), "name"),
                        JsonText.text(served, "engine_id"),
                        ServerText.address(served),
                        ServerText.state(served),
                        ServerText.check(served));
                // Said once.
                hosts = "";
                path = "";
                backend = "";
            }
        }
        return table.isEmpty() ? "Nothing is served." : table.toString();
    }
}
