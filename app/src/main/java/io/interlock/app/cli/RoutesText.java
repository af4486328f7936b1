package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Every way that requests can take. */
final class RoutesText {

    private RoutesText() {}

    static String of(JsonNode answer) {
        Table table = new Table("HOST", "PATH", "BACKEND", "SERVER", "ENGINE", "ADDRESS", "STATE", "CHECK");
        for (JsonNode way : answer.path("routes")) {
            String hosts = Words.list(way.path("host_names"));
            String path = Words.text(way.path("route"), "path_prefix");
            String backend = Words.text(way.path("backend"), "name");
            if (way.path("servers").isEmpty()) {
                table.row(hosts, path, backend, "-", "-", "-", "-", "-");
            }
            for (JsonNode served : way.path("servers")) {
                table.row(
                        hosts,
                        path,
                        backend,
                        Words.text(served.path("server"), "name"),
                        Words.text(served, "engine_id"),
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
