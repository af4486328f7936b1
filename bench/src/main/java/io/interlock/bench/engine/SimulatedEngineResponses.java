package io.interlock.bench.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers of an engine, modelled on those of Docker Engine 20.10: the same fields in the same order. */
final class SimulatedEngineResponses {

    static final String NETWORK_ID = "5".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("@(\\w+)@");
    private static final String CONTAINER = resource("container.json");
    private static final String LISTED = resource("listed.json");
    private static final String NETWORK = resource("network.json");
    private static final String INFO = resource("info.json");
    private static final String IMAGE = "interlock/sample";
    private static final int SOME_PID = 4711;

    private SimulatedEngineResponses() {}

    static String version() {
        return resource("version.json");
    }

    static String info(int containers) {
        return filled(INFO, Map.of("containers", Integer.toString(containers)));
    }

    /** The only network. The host's interface in it is the loopback interface, which leads to the containers. */
    static String networks() {
        return "[" + filled(NETWORK, Map.of("network", NETWORK_ID, "interface", "lo")) + "]\n";
    }

    static String inspectResponse(SimulatedContainer container) {
        return filled(CONTAINER, values(container));
    }

    static String listResponse(Collection<SimulatedContainer> containers) {
        return containers.stream()
                .map(container -> filled(LISTED, values(container)))
                .collect(Collectors.joining(",", "[", "]\n"));
    }

    private static Map<String, String> values(SimulatedContainer container) {
        boolean running = container.isRunning();
        return Map.ofEntries(
                Map.entry("id", container.id()),
                Map.entry("name", container.name()),
                Map.entry("hostname", container.hostname()),
                Map.entry("created", container.created().toString()),
                Map.entry("createdSeconds", Long.toString(container.created().getEpochSecond())),
                Map.entry("status", container.state().status()),
                Map.entry("running", Boolean.toString(running)),
                Map.entry("started", container.state().startedAt().toString()),
                Map.entry("finished", container.state().finishedAt().toString()),
                Map.entry("pid", running ? Integer.toString(SOME_PID) : "0"),
                Map.entry("environment", environment(container.environment())),
                Map.entry("labels", json(container.labels())),
                Map.entry("port", Integer.toString(container.port())),
                Map.entry("ports", running ? "{\"" + container.port() + "/tcp\":null}" : "{}"),
                Map.entry("network", container.state().status().equals("created") ? "" : NETWORK_ID),
                Map.entry("gateway", running ? "127.0.0.1" : ""),
                Map.entry("address", running ? container.address() : ""));
    }

    private static String environment(Map<String, String> variables) {
        return json(variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .sorted()
                .toList());
    }

    /** An event of a container, or of a network that a container joins or leaves. */
    static ObjectNode event(String type, String action, SimulatedContainer container, Instant at) {
        ObjectNode event = JSON.createObjectNode();
        boolean ofContainer = type.equals("container");
        if (ofContainer) {
            event.put("status", action).put("id", container.id()).put("from", IMAGE);
        }
        event.put("Type", type).put("Action", action);
        ObjectNode actor = event.putObject("Actor").put("ID", ofContainer ? container.id() : NETWORK_ID);
        ObjectNode attributes = actor.putObject("Attributes");
        if (ofContainer) {
            attributes.put("image", IMAGE).put("name", container.name());
            container.labels().forEach(attributes::put);
        } else {
            attributes.put("container", container.id()).put("name", "bridge").put("type", "bridge");
        }
        return event.put("scope", "local")
                .put("time", at.getEpochSecond())
                .put("timeNano", at.getEpochSecond() * 1_000_000_000L + at.getNano());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)))));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SimulatedEngineResponses.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
