package io.interlock.app.docker.location;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.api.topology.AddressRange;
import io.interlock.app.docker.json.JsonSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Network of an engine, reduced to what tells whether this host is in it.
 *
 * @param id the engine's id of it
 * @param name its name
 * @param driver its driver
 * @param bridge the interface that the engine's host has in it; empty if it has none
 * @param unique whether the name of the interface comes from the network's id, so that no other engine has the same
 * @param subnets its ranges of addresses
 */
public record EngineNetwork(
        String id, String name, String driver, Optional<String> bridge, boolean unique, List<AddressRange> subnets) {

    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";

    /** What is read of a network of {@code /networks}. */
    public static final JsonSelection SELECTION = members(Map.of(
            "Id",
            ALL,
            "Name",
            ALL,
            "Driver",
            ALL,
            "Options",
            members(Map.of(BRIDGE_NAME, ALL)),
            "IPAM",
            members(Map.of("Config", members(Map.of("Subnet", ALL))))));

    /** What is read of a network of Podman's own list. */
    public static final JsonSelection PODMANS_SELECTION = members(Map.of(
            "id",
            ALL,
            "name",
            ALL,
            "driver",
            ALL,
            "network_interface",
            ALL,
            "subnets",
            members(Map.of("subnet", ALL))));

    private static final int SHORT_ID = 12;
    private static final String BRIDGE = "bridge";

    public EngineNetwork {
        subnets = List.copyOf(subnets);
    }

    /**
     * Reads a network of {@code /networks}. The engine derives the name of a bridge from the network's id unless a name
     * is configured.
     */
    public static EngineNetwork read(JsonNode network) {
        String id = network.path("Id").asText("");
        String driver = network.path("Driver").asText("");
        String configured = network.path("Options").path(BRIDGE_NAME).asText("");
        boolean derived = configured.isEmpty() && id.length() >= SHORT_ID;
        Optional<String> bridge = !driver.equals(BRIDGE)
                ? Optional.empty()
                : derived ? Optional.of("br-" + id.substring(0, SHORT_ID)) : filled(configured);
        return new EngineNetwork(
                id,
                network.path("Name").asText(""),
                driver,
                bridge,
                derived,
                ranges(network.path("IPAM").path("Config"), "Subnet"));
    }

    /** Reads a network of Podman's own list, which names interfaces that {@code /networks} lacks. */
    public static EngineNetwork readPodman(JsonNode network) {
        return new EngineNetwork(
                network.path("id").asText(""),
                network.path("name").asText(""),
                network.path("driver").asText(""),
                network.path("driver").asText("").equals(BRIDGE)
                        ? filled(network.path("network_interface").asText(""))
                        : Optional.empty(),
                false,
                ranges(network.path("subnets"), "subnet"));
    }

    /** Returns whether a container's data means this network; Podman gives the name in place of the id. */
    public boolean is(String networkId, String networkName) {
        return id.equals(networkId) || name.equals(networkId) || (networkId.isEmpty() && name.equals(networkName));
    }

    /** Whether this host has the interface in this network, and its routes to the subnets leave through it. */
    public boolean isHere(RouteTable routes) {
        return bridge.filter(name -> routes.interfaces().contains(name)
                        && (unique
                                || subnets.isEmpty()
                                || subnets.stream().anyMatch(subnet -> isRouted(subnet, name, routes))))
                .isPresent();
    }

    private static boolean isRouted(AddressRange subnet, String device, RouteTable routes) {
        return routes.deviceTo(subnet.first()).equals(Optional.of(device));
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(name -> !name.isEmpty());
    }

    private static List<AddressRange> ranges(JsonNode configs, String key) {
        return configs.valueStream()
                .flatMap(config -> range(config.path(key).asText("")))
                .toList();
    }

    private static Stream<AddressRange> range(String text) {
        try {
            return Stream.of(AddressRange.of(text));
        } catch (IllegalArgumentException none) {
            return Stream.empty();
        }
    }
}
