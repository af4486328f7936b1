package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How Interlock is. */
public final class StatusText {

    private StatusText() {}

    public static String of(JsonNode status) {
        List<String> parts = new ArrayList<>();
        parts.add("Interlock " + JsonText.text(status, "version") + ", process "
                + JsonText.text(status.path("process"), "pid") + ", runs for "
                + JsonText.ago(status.path("at"), status.path("started_at")) + ", "
                + (status.path("ready").asBoolean() ? "ready" : "NOT READY") + "; revision "
                + JsonText.text(status, "revision") + ": "
                + CountText.of(status.path("virtual_hosts").asLong(), "virtual host") + ", "
                + CountText.of(status.path("backends").asLong(), "backend"));
        parts.add(engines(status));
        parts.add(loadBalancers(status));
        if (status.path("https").asBoolean()) {
            parts.add(CertificatesText.summary(status));
        }
        parts.add("Containers: " + counts(status.path("containers"))
                + (status.path("not_served").isEmpty()
                        ? ""
                        : "; not served because of: " + counts(status.path("not_served"))));
        parts.add(
                status.path("problems").isEmpty()
                        ? "No problems."
                        : "Problems:\n" + ProblemsText.of(status.path("problems")));
        return String.join("\n\n", parts);
    }

    private static String engines(JsonNode status) {
        TextTable table = new TextTable("ENGINE", "STATE", "SINCE", "CONTAINERS", "EVENTS", "ADDRESS", "REASON");
        for (JsonNode engine : status.path("engines")) {
            String state = JsonText.word(engine, "state");
            table.row(
                    JsonText.text(engine, "id"),
                    state.equals("unreachable") ? "unreachable (stale)" : state,
                    JsonText.ago(status.path("at"), engine.path("since")),
                    JsonText.text(engine, "containers"),
                    JsonText.text(engine.path("intake"), "events"),
                    JsonText.text(engine, "address"),
                    JsonText.text(engine, "reason"));
        }
        return table.toString();
    }

    private static String loadBalancers(JsonNode status) {
        TextTable table =
                new TextTable("LOAD BALANCER", "TYPE", "PORT", "STATE", "REVISION", "SINCE", "LAST APPLY", "REASON");
        for (JsonNode balancer : status.path("load_balancers")) {
            JsonNode last = balancer.path("last_apply");
            table.row(
                    JsonText.text(balancer, "plugin_id"),
                    JsonText.text(balancer, "type"),
                    JsonText.text(balancer, "port"),
                    JsonText.word(balancer, "state"),
                    JsonText.text(balancer, "served_revision"),
                    JsonText.ago(status.path("at"), balancer.path("served_since")),
                    last.isObject() ? lastApply(last) : "-",
                    JsonText.text(balancer, "reason"));
        }
        return table.toString();
    }

    private static String lastApply(JsonNode apply) {
        JsonNode reason = apply.path("reload_reason");
        return JsonText.word(apply, "outcome")
                + (reason.isObject() ? " (" + JsonText.word(reason, "cause") + ")" : "")
                + ", " + JsonText.seconds(apply.path("took"));
    }

    private static String counts(JsonNode counts) {
        String list = counts.properties().stream().map(StatusText::count).collect(Collectors.joining(", "));
        return list.isEmpty() ? "none" : list;
    }

    private static String count(Map.Entry<String, JsonNode> entry) {
        return entry.getValue().asText() + " " + entry.getKey().replace('_', ' ');
    }
}
