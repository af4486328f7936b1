package io.interlock.app.docker.swarm;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Node of a swarm.
 *
 * @param id the swarm's id of it
 * @param address the address at which other nodes reach it; the unspecified address if the swarm does not know it
 * @param hostName the name of its host; empty if the swarm does not know it
 * @param down whether the swarm has not heard from it for a while
 */
record SwarmNode(String id, InetAddress address, String hostName, boolean down) {

    /** Address of a node that has no known address. */
    static final InetAddress NOWHERE = IpLiteral.of("0.0.0.0");

    /** What is read of a node. */
    static final JsonSelection SELECTION = members(Map.of(
            "ID",
            ALL,
            "Status",
            members(Map.of("Addr", ALL, "State", ALL)),
            "ManagerStatus",
            members(Map.of("Addr", ALL)),
            "Description",
            members(Map.of("Hostname", ALL))));

    /** Reads the engine's JSON of a node. */
    static SwarmNode read(JsonNode node) {
        JsonNode status = node.path("Status");
        // A manager without a configured advertise address has no address as a node.
        String asManager = node.path("ManagerStatus").path("Addr").asText("").replaceFirst("^\\[?(.*?)]?:\\d+$", "$1");
        return new SwarmNode(
                node.path("ID").asText(""),
                Stream.of(status.path("Addr").asText(""), asManager)
                        .flatMap(text -> IpLiteral.parse(text).stream())
                        .filter(address -> !address.isAnyLocalAddress())
                        .findFirst()
                        .orElse(NOWHERE),
                node.path("Description").path("Hostname").asText(""),
                "down".equals(status.path("State").asText("")));
    }
}
