package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.each;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.ContainerInspection.TaskRef;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.util.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the engine's JSON of an inspected container. A value that is missing or invalid counts as not set and never
 * leads to an error, so that it does not cost the other values.
 */
public final class ContainerInspectionReader {

    /**
     * Stop timeout of a container without a configured one. {@code docker stop -t} may set any time, and no event
     * reports it. The default is longer than people usually wait: serving a container again that is killed later costs
     * requests, while not serving it costs little.
     */
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofMinutes(5);

    /** Limit for an engine that waits forever; has the same effect, and can be added to a time without overflow. */
    private static final Duration MAX_STOP_TIMEOUT = Duration.ofDays(1);

    private static final JsonSelection ADDRESSES = members(
            Map.of("NetworkID", ALL, "IPAddress", ALL, "GlobalIPv6Address", ALL, "Gateway", ALL, "IPv6Gateway", ALL));

    private final String engineId;
    private final ContainerTextReader texts;
    private final Predicate<InetAddress> ofHost;
    private final JsonSelection selection;

    /**
     * @param selected labels and variables to keep
     * @param ofHost whether an address can be one of the engine's host
     */
    ContainerInspectionReader(String engineId, FactSelection selected, Predicate<InetAddress> ofHost) {
        this.engineId = engineId;
        this.texts = new ContainerTextReader(selected);
        this.ofHost = ofHost;
        this.selection = members(Map.of(
                "Id",
                ALL,
                "Name",
                ALL,
                "Created",
                ALL,
                "Image",
                ALL,
                "State",
                members(Map.of(
                        "Running",
                        ALL,
                        "Restarting",
                        ALL,
                        "Paused",
                        ALL,
                        "StartedAt",
                        ALL,
                        "Health",
                        members(Map.of("Status", ALL)))),
                "Config",
                members(Map.of(
                        "Image",
                        ALL,
                        "Hostname",
                        ALL,
                        "Domainname",
                        ALL,
                        "StopSignal",
                        ALL,
                        "StopTimeout",
                        ALL,
                        "ExposedPorts",
                        each(port -> true, members(Map.of())),
                        "Env",
                        texts.ofEnvironment(),
                        "Labels",
                        texts.ofLabels())),
                "HostConfig",
                members(Map.of("NetworkMode", ALL)),
                "NetworkSettings",
                members(Map.of(
                        "Ports",
                        each(port -> true, members(Map.of("HostIp", ALL, "HostPort", ALL))),
                        "Networks",
                        each(network -> true, ADDRESSES)))));
    }

    /** Returns what is read of a container. */
    JsonSelection selection() {
        return selection;
    }

    /**
     * Reads a container.
     *
     * @param engineHostName supplies the name of the engine's host; called only if it matters, because it costs a
     *     request
     */
    ContainerInspection read(JsonNode container, Supplier<String> engineHostName) {
        JsonNode state = container.path("State");
        boolean running =
                state.path("Running").asBoolean() && !state.path("Restarting").asBoolean();
        JsonNode config = container.path("Config");
        return new ContainerInspection(
                running,
                facts(container, state, config, engineHostName),
                stopSignal(config.path("StopSignal").asText("")),
                stopTimeout(config.path("StopTimeout")),
                gateways(container.path("NetworkSettings")),
                task(config.path("Labels")));
    }

    private ContainerFacts facts(JsonNode container, JsonNode state, JsonNode config, Supplier<String> engineHostName) {
        String networkMode = container.path("HostConfig").path("NetworkMode").asText("");
        JsonNode settings = container.path("NetworkSettings");
        return new ContainerFacts(
                        new ContainerKey(engineId, container.path("Id").asText("")),
                        name(container.path("Name").asText("")),
                        config.path("Image").asText(""),
                        time(container.path("Created")),
                        time(state.path("StartedAt")),
                        state.path("Paused").asBoolean(),
                        false,
                        health(state.path("Health").path("Status").asText("")),
                        hostname(config.path("Hostname").asText(""), networkMode, engineHostName),
                        config.path("Domainname").asText(""),
                        ContainerTextReader.interlockData(config.path("Env")),
                        texts.labels(config.path("Labels")),
                        ContainerPortReader.exposed(config.path("ExposedPorts"), settings.path("Ports")),
                        ContainerPortReader.published(settings.path("Ports"), ofHost),
                        networkMode,
                        networks(settings.path("Networks")),
                        Optional.empty(),
                        ContainerTextReader.excess(config.path("Labels"), config.path("Env")))
                .withEnvironment(texts.environment(config.path("Env")));
    }

    /**
     * Returns the container's hostname. In the host's network, a container without a hostname gets that of the host,
     * which is not meant as a route.
     */
    private static String hostname(String configured, String networkMode, Supplier<String> engineHostName) {
        boolean isHosts =
                "host".equals(networkMode) && configured.contains(".") && configured.equals(engineHostName.get());
        return isHosts ? "" : configured;
    }

    private static String name(String withSlash) {
        return withSlash.startsWith("/") ? withSlash.substring(1) : withSlash;
    }

    private static Optional<TaskRef> task(JsonNode labels) {
        String task = labels.path(ContainerTextReader.TASK).asText("");
        return SwarmIdValidator.isValid(task)
                ? Optional.of(new TaskRef(
                        task, labels.path(ContainerTextReader.SERVICE).asText("")))
                : Optional.empty();
    }

    public static Instant time(JsonNode value) {
        try {
            return OffsetDateTime.parse(value.asText("")).toInstant();
        } catch (DateTimeException notATime) {
            return Instant.EPOCH;
        }
    }

    private static Health health(String status) {
        return switch (status) {
            case "starting" -> Health.STARTING;
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            default -> Health.NONE;
        };
    }

    public static String stopSignal(String configured) {
        return configured.isEmpty() ? ContainerSignals.DEFAULT_STOP_SIGNAL : configured;
    }

    private static Duration stopTimeout(JsonNode seconds) {
        if (!seconds.canConvertToLong()) {
            return DEFAULT_STOP_TIMEOUT;
        }
        long value = seconds.asLong();
        return value < 0 || value > MAX_STOP_TIMEOUT.toSeconds() ? MAX_STOP_TIMEOUT : Duration.ofSeconds(value);
    }

    private static List<NetworkAttachment> networks(JsonNode all) {
        List<NetworkAttachment> networks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> network : all.properties()) {
            JsonNode details = network.getValue();
            networks.add(new NetworkAttachment(
                    network.getKey(),
                    details.path("NetworkID").asText(""),
                    IpLiteral.parse(details.path("IPAddress").asText("")),
                    IpLiteral.parse(details.path("GlobalIPv6Address").asText(""))));
        }
        return networks;
    }

    private static List<InetAddress> gateways(JsonNode settings) {
        return settings.path("Networks")
                .valueStream()
                .flatMap(network -> Stream.of("Gateway", "IPv6Gateway").map(network::path))
                .flatMap(address -> IpLiteral.parse(address.asText("")).stream())
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .toList();
    }
}
