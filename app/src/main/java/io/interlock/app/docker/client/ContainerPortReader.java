package io.interlock.app.docker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the ports of an inspected container. Ignores all protocols except TCP. */
public final class ContainerPortReader {

    private static final int MAX = 65_535;
    private static final String ANY = "0.0.0.0";
    private static final String ANY_IPV6 = "::";

    /** A swarm's mode of a port that every node listens on. */
    private static final String INGRESS = "ingress";
    /** A swarm's mode of a port that only the task's node listens on. */
    public static final String ON_NODE = "host";

    private ContainerPortReader() {}

    /** Returns the ports that the container declares, and those that are published without being declared. */
    static List<Integer> exposed(JsonNode declared, JsonNode bindings) {
        return Stream.of(declared, bindings)
                .flatMap(ports -> ports.properties().stream())
                .flatMapToInt(port -> tcp(port.getKey()).stream())
                .boxed()
                .toList();
    }

    /**
     * Returns the ports that the engine's host listens on for the container.
     *
     * @param ofHost whether an address can be one of the engine's host
     */
    static List<PublishedPort> published(JsonNode bindings, Predicate<InetAddress> ofHost) {
        return bindings.properties().stream()
                .flatMap(port -> tcp(port.getKey()).stream().boxed().flatMap(number -> bound(number, port, ofHost)))
                .toList();
    }

    /** Returns the ports of a swarm's service that every node listens on. */
    public static List<PublishedPort> ofService(JsonNode ports) {
        return ofSwarm(ports, INGRESS, ANY).toList();
    }

    /**
     * Returns the ports of a swarm's task that its node listens on. An engine publishes a port at IPv4 and at IPv6. If
     * it chooses the numbers itself, they differ. The task does not say which number belongs to which protocol, but
     * IPv4 comes first. Trying both is no alternative, because the other number may be a port of another task in the
     * other protocol.
     *
     * @param ipv6 whether the node is reached by IPv6
     */
    public static List<PublishedPort> ofTask(JsonNode ports, boolean ipv6) {
        Map<Integer, PublishedPort> byTarget = new LinkedHashMap<>();
        ofSwarm(ports, ON_NODE, ipv6 ? ANY_IPV6 : ANY)
                .forEach(port -> byTarget.merge(port.containerPort(), port, (first, later) -> ipv6 ? later : first));
        return List.copyOf(byTarget.values());
    }

    /** Returns the ports of one mode. The node determines their address. */
    private static Stream<PublishedPort> ofSwarm(JsonNode ports, String mode, String anyAddress) {
        InetAddress any = IpLiteral.of(anyAddress);
        return ports.valueStream()
                .filter(port -> "tcp".equals(port.path("Protocol").asText("tcp"))
                        && mode.equals(port.path("PublishMode").asText(INGRESS)))
                .flatMap(port -> number(port.path("TargetPort").asText(""))
                        .boxed()
                        .flatMap(target -> number(port.path("PublishedPort").asText(""))
                                .mapToObj(published -> new PublishedPort(target, any, published))))
                .distinct();
    }

    private static Stream<PublishedPort> bound(
            int containerPort, Map.Entry<String, JsonNode> port, Predicate<InetAddress> ofHost) {
        return port.getValue().valueStream().flatMap(binding -> {
            String address = binding.path("HostIp").asText("");
            return number(binding.path("HostPort").asText(""))
                    .mapToObj(hostPort -> IpLiteral.parse(address.isEmpty() ? ANY : address)
                            .map(host -> new PublishedPort(containerPort, host, hostPort, ofHost.test(host))))
                    .flatMap(Optional::stream);
        });
    }

    /** Returns the number in {@code 80/tcp} or {@code 80}. */
    private static OptionalInt tcp(String port) {
        int slash = port.indexOf('/');
        boolean isTcp = slash < 0 || "tcp".equals(port.substring(slash + 1));
        return isTcp ? parse(slash < 0 ? port : port.substring(0, slash)) : OptionalInt.empty();
    }

    private static IntStream number(String text) {
        return parse(text).stream();
    }

    private static OptionalInt parse(String text) {
        try {
            int number = Integer.parseInt(text);
            return number >= 1 && number <= MAX ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }
}
