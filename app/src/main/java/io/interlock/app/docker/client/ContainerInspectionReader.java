package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.each;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.ContainerInspection.TaskRef;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.LabelPrefix;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the engine's JSON of an inspected container. A value that is missing or invalid counts as not set and never
 * leads to an error, so that it does not cost the other values.
 */
public final class ContainerInspectionReader {

    private static final String DATA = "INTERLOCK_DATA=";
    private static final String TASK = "com.docker.swarm.task.id";
    private static final String SERVICE = "com.docker.swarm.service.id";
    /**
     * Stop timeout of a container without a configured one. {@code docker stop -t} may set any time, and no event
     * reports it. The default is longer than people usually wait: serving a container again that is killed later costs
     * requests, while not serving it costs little.
     */
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofMinutes(5);

    /** Limit for an engine that waits forever; has the same effect, and can be added to a time without overflow. */
    private static final Duration MAX_STOP_TIMEOUT = Duration.ofDays(1);

    /** Maximum cost of the labels that are read of one container or service. */
    static final long MAX_LABELS = 600_000;

    /** Maximum cost of all variables INTERLOCK_DATA of one container. */
    static final long MAX_DATA = 450_000;

    /** What is read of the environment. */
    public static final JsonSelection DATA_ONLY =
            JsonSelection.texts(variable -> variable.startsWith(DATA)).limitedTo(MAX_DATA);

    private static final JsonSelection ADDRESSES = members(
            Map.of("NetworkID", ALL, "IPAddress", ALL, "GlobalIPv6Address", ALL, "Gateway", ALL, "IPv6Gateway", ALL));

    private final String engineId;
    private final Set<String> moreLabels;
    private final Predicate<InetAddress> ofHost;
    private final JsonSelection selection;

    /**
     * @param moreLabels labels to keep in addition to Interlock's own
     * @param ofHost whether an address can be one of the engine's host
     */
    ContainerInspectionReader(String engineId, Set<String> moreLabels, Predicate<InetAddress> ofHost) {
        this.engineId = engineId;
        this.moreLabels = Set.copyOf(moreLabels);
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
                        DATA_ONLY,
                        "Labels",
                        labelsOf(this.moreLabels))),
                "HostConfig",
                members(Map.of("NetworkMode", ALL)),
                "NetworkSettings",
                members(Map.of(
                        "Ports",
                        each(port -> true, members(Map.of("HostIp", ALL, "HostPort", ALL))),
                        "Networks",
                        each(network -> true, ADDRESSES)))));
    }

    /** Returns what is read of the labels of a container or service. */
    public static JsonSelection labelsOf(Set<String> moreLabels) {
        return each(name -> isRead(name, moreLabels) || name.equals(TASK) || name.equals(SERVICE), ALL)
                .limitedTo(MAX_LABELS);
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
                interlockData(config.path("Env")),
                labels(config.path("Labels"), moreLabels),
                ContainerPortReader.exposed(config.path("ExposedPorts"), settings.path("Ports")),
                ContainerPortReader.published(settings.path("Ports"), ofHost),
                networkMode,
                networks(settings.path("Networks")),
                Optional.empty(),
                excess(config.path("Labels"), config.path("Env")));
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
        String task = labels.path(TASK).asText("");
        return SwarmIdValidator.isValid(task)
                ? Optional.of(new TaskRef(task, labels.path(SERVICE).asText("")))
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

    public static Optional<String> interlockData(JsonNode environment) {
        Optional<String> last = Optional.empty();
        for (JsonNode variable : environment) {
            String text = variable.asText("");
            if (text.startsWith(DATA)) {
                last = Optional.of(text.substring(DATA.length()));
            }
        }
        return last;
    }

    /** Returns the labels of Interlock, those with nearly its prefix, and those among {@code moreLabels}. */
    public static Map<String, String> labels(JsonNode all, Set<String> moreLabels) {
        Map<String, String> ours = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : all.properties()) {
            String name = label.getKey();
            if (isRead(name, moreLabels)) {
                ours.put(name, label.getValue().asText(""));
            }
        }
        return ours;
    }

    private static boolean isRead(String label, Set<String> moreLabels) {
        return LabelPrefix.isOf(label) || moreLabels.contains(label) || LabelPrefix.isMisspelt(label);
    }

    /** Returns which of a container's data is too long or malformed, so that it cannot be read; empty if none is. */
    public static Optional<String> excess(JsonNode labels, JsonNode environment) {
        boolean isLong = labels.properties().stream()
                .anyMatch(label -> JsonSelectionReader.isCut(label.getKey())
                        || JsonSelectionReader.isCut(label.getValue().asText("")));
        // Also if the value was left out: EXCESS is a text.
        if (isLong || !(labels.isObject() || isUnset(labels))) {
            return Optional.of("labels " + LabelPrefix.INTERLOCK + "*");
        }
        boolean isLongData = environment.valueStream().anyMatch(text -> JsonSelectionReader.isCut(text.asText("")));
        return isLongData || !(environment.isArray() || isUnset(environment))
                ? Optional.of("INTERLOCK_DATA")
                : Optional.empty();
    }

    private static boolean isUnset(JsonNode value) {
        return value.isNull() || value.isMissingNode();
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
