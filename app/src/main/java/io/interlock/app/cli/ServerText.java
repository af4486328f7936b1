package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A server, and how it is. */
final class ServerText {

    private ServerText() {}

    static String address(JsonNode served) {
        String address = Words.text(served.path("server"), "address");
        String literal = address.contains(":") ? "[" + address + "]" : address;
        return literal + ":" + Words.text(served.path("server"), "port");
    }

    /** What the proxy says; if it does not, what it was told. */
    static String state(JsonNode served) {
        String state = Words.isMissing(served, "state")
                ? Words.word(served.path("server"), "state")
                : Words.word(served, "state");
        return served.path("stale").asBoolean() ? state + " (stale)" : state;
    }

    static String check(JsonNode served) {
        JsonNode check = served.path("check");
        if (!check.isObject()) {
            return "-";
        }
        return Words.text(check, "result")
                + (Words.isMissing(check, "code") ? "" : " " + Words.text(check, "code"))
                + (Words.isMissing(check, "detail") ? "" : ": " + Words.text(check, "detail"));
    }
}
