package io.interlock.app.services;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.app.inventory.ServiceServerName;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.util.Sha256;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows a server of a service as a container, whose only network leads to the server. Pure. */
final class ServiceFactsMapper {

    private static final int DIGITS = 64;

    private ServiceFactsMapper() {}

    /** Returns the id, which stays as long as the file has this name and the server this address. */
    static String id(ServiceFile file, ServiceServer server, InetAddress address) {
        return Sha256.hex(name(file, server, address), DIGITS);
    }

    private static String name(ServiceFile file, ServiceServer server, InetAddress address) {
        return ServiceServerName.of(file.name(), ServiceServer.address(address.getHostAddress(), server.port()));
    }

    /**
     * Returns the server at one of its addresses.
     *
     * @param startedAt when it was first known
     */
    static ContainerFacts facts(ServiceFile file, ServiceServer server, InetAddress address, Instant startedAt) {
        ObjectNode data = file.data().deepCopy();
        server.weight().ifPresent(weight -> data.put(ContainerField.WEIGHT.key(), weight));
        server.backup().ifPresent(backup -> data.put(ContainerField.BACKUP.key(), backup));
        boolean isIpv6 = address instanceof Inet6Address;
        return new ContainerFacts(
                new ContainerKey(ContainerKey.SERVICES, id(file, server, address)),
                name(file, server, address),
                "",
                // Older than each container, so that what the operator says counts.
                Instant.EPOCH,
                startedAt,
                false,
                false,
                Health.NONE,
                file.name(),
                "",
                Optional.of(data.toString()),
                Map.of(),
                List.of(server.port()),
                List.of(),
                "",
                List.of(new NetworkAttachment(
                        server.address(),
                        server.host(),
                        isIpv6 ? Optional.empty() : Optional.of(address),
                        isIpv6 ? Optional.of(address) : Optional.empty(),
                        0,
                        new NetworkAttachment.Evidence("", RouteEvidence.CONFIGURED, RouteEvidence.CONFIGURED))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Set.of()),
                Map.of());
    }

    /** Returns the host that the file named for a server. */
    static String host(ContainerFacts facts) {
        return facts.networks().isEmpty() ? "" : facts.networks().getFirst().networkId();
    }

    /** Returns the address of a server. */
    static Optional<InetAddress> address(ContainerFacts facts) {
        return facts.networks().stream()
                .findFirst()
                .flatMap(network -> network.ipv4().or(network::ipv6));
    }
}
