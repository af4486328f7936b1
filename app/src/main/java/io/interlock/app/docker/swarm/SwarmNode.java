package io.interlock.app.docker.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.util.stream.Stream;

/**
 * A node of a swarm.
 *
 * @param id the swarm's id of it
 * @param address where the others reach it; the unspecified one if the swarm does not know
 * @param hostName its host's name; empty if the swarm does not know
 * @param down whether it has not been heard of for a while
 */
record SwarmNode(String id, InetAddress address, String hostName, boolean down) {

    /** Where one is of which nothing is known. */
    static final InetAddress NOWHERE = IpLiteral.of("0.0.0.0");

    /** Reads the engine's JSON of one. */
    static SwarmNode read(JsonNode node) {
        JsonNode status = node.path("Status");
        // A manager that was told no address to advertise has none as a node.
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
