package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.api.status.EngineStatus;

/** A server, and how it is. */
final class ServerText {

    private ServerText() {}

    static String address(JsonNode served) {
        String address = JsonText.text(served.path("server"), "address");
        String literal = address.contains(":") ? "[" + address + "]" : address;
        return literal + ":" + JsonText.text(served.path("server"), "port");
    }

    /** Where it runs: an engine, unless it is one of a service. */
    static String place(JsonNode served) {
        String engine = JsonText.text(served, "engine_id");
        return engine.equals(EngineStatus.SERVICES) ? "" : " on engine " + engine;
    }

    /** What the proxy says; if it does not, what it was told. */
    static String state(JsonNode served) {
        String state = JsonText.isMissing(served, "state")
                ? JsonText.word(served.path("server"), "state")
                : JsonText.word(served, "state");
        return served.path("stale").asBoolean() ? state + " (stale)" : state;
    }

    static String check(JsonNode served) {
        JsonNode check = served.path("check");
        if (!check.isObject()) {
            return "-";
        }
        return JsonText.text(check, "result")
                + (JsonText.isMissing(check, "code") ? "" : " " + JsonText.text(check, "code"))
                + (JsonText.isMissing(check, "detail") ? "" : ": " + JsonText.text(check, "detail"));
    }
}
