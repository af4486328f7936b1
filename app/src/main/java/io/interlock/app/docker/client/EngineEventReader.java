package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.EngineEvent.Kind;
import io.interlock.app.docker.json.JsonSelection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads the engine's JSON of an event. */
final class EngineEventReader {

    /**
     * Value of the {@code filters} parameter in the request for events. Names of actions apply to all types, so
     * {@link #read} drops the events that do not matter, for example of a destroyed network. Podman sends {@code die}
     * and {@code destroy} only to requests for {@code died} and {@code remove}, its own names of these actions.
     */
    static final String FILTERS = """
            {"type":["container","network","node"],"event":["start","restart","unpause","pause","stop","die","died",\
            "kill","destroy","remove","rename","update","health_status","connect","disconnect"]}""";

    /** What is read of an event. Its other attributes are the labels of the container. */
    static final JsonSelection SELECTION = members(Map.of(
            "Type",
            ALL,
            "Action",
            ALL,
            "time",
            ALL,
            "timeNano",
            ALL,
            "Actor",
            members(Map.of("ID", ALL, "Attributes", members(Map.of("container", ALL, "signal", ALL))))));

    private static final long NANOS = 1_000_000_000L;

    private EngineEventReader() {}

    /** Returns the event if it can matter. */
    static Optional<EngineEvent> read(JsonNode event) {
        String type = event.path("Type").asText("");
        if ("node".equals(type)) {
            return Optional.of(new EngineEvent(Kind.NODE, "", time(event), ""));
        }
        JsonNode actor = event.path("Actor");
        JsonNode attributes = actor.path("Attributes");
        String action = event.path("Action").asText("");
        boolean ofNetwork = "network".equals(type);
        String subject = actor.path("ID").asText("");
        // Podman's event of a network has the container in the place where an engine's event has the network.
        String container = ofNetwork ? attributes.path("container").asText(subject) : subject;
        boolean ofContainer = "container".equals(type);
        if (!ContainerIdValidator.isValid(container) || !(ofNetwork || ofContainer)) {
            return Optional.empty();
        }
        return (ofNetwork ? networkKind(action) : containerKind(action))
                .map(kind -> new EngineEvent(
                        kind, container, time(event), attributes.path("signal").asText("")));
    }

    private static Optional<Kind> networkKind(String action) {
        return "connect".equals(action) || "disconnect".equals(action) ? Optional.of(Kind.NETWORK) : Optional.empty();
    }

    private static Optional<Kind> containerKind(String action) {
        return switch (action) {
            case "start", "restart" -> Optional.of(Kind.STARTED);
            case "pause", "unpause", "rename", "update" -> Optional.of(Kind.CHANGED);
            case "kill" -> Optional.of(Kind.KILLED);
            case "die", "stop", "destroy", "remove" -> Optional.of(Kind.ENDED);
            default -> action.startsWith("health_status") ? Optional.of(Kind.CHANGED) : Optional.empty();
        };
    }

    private static Instant time(JsonNode event) {
        long nanos = event.path("timeNano").asLong();
        return nanos != 0
                ? Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS)
                : Instant.ofEpochSecond(event.path("time").asLong());
    }
}
