package io.interlock.app.inventory;

import io.interlock.util.PrintableText;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Facts about a running container from one inspect, reduced to what routing can depend on. All texts are untrusted.
 *
 * @param key the container and its engine
 * @param name the container's name, without the leading slash
 * @param image the name of its image at its creation; empty if the engine does not report it; for people only
 * @param created when it was created
 * @param startedAt when it was last started
 * @param paused whether it is paused
 * @param stopping whether it has received its stop signal, and has neither ended nor proven to continue
 * @param health the state of its HEALTHCHECK
 * @param hostname the configured host name, or the short id that engines set for a container without one; empty if
 *     there is none, or if a container in the host's network has only the host's own name
 * @param domainname the configured domain name; empty if there is none, as with current engines
 * @param interlockData the value of the environment variable {@code INTERLOCK_DATA}
 * @param labels labels whose names begin with {@link LabelPrefix#INTERLOCK} or nearly so, and those that the operator's
 *     filter needs, by full name, sorted
 * @param exposedTcpPorts declared or published ports, ascending, without duplicates
 * @param publishedPorts TCP ports that the engine publishes on its host, by container port, then host address
 * @param networkMode the configured mode: {@code default}, {@code bridge}, {@code host}, {@code none},
 *     {@code container:ID} (it has no network of its own), or the name of a network
 * @param networks the networks to which it is attached, by name
 * @param node for a task of a service, the address of the node of the swarm on which it runs, or the unspecified
 *     address if that is unknown; empty for a container of the engine itself
 * @param excess the part of its data that is too long or malformed and was not read, so that it cannot be served; empty if
 *     all was read
 * @param ofImage names of the labels that its image brings with the same value, and {@code INTERLOCK_DATA} if it brings
 *     that; empty if nobody asked, or if the engine does not report it
 * @param environment the variables that dialects read, by name, sorted; without {@code INTERLOCK_DATA}
 */
public record ContainerFacts(
        ContainerKey key,
        String name,
        String image,
        Instant created,
        Instant startedAt,
        boolean paused,
        boolean stopping,
        Health health,
        String hostname,
        String domainname,
        Optional<String> interlockData,
        Map<String, String> labels,
        List<Integer> exposedTcpPorts,
        List<PublishedPort> publishedPorts,
        String networkMode,
        List<NetworkAttachment> networks,
        Optional<InetAddress> node,
        Optional<String> excess,
        Optional<Set<String>> ofImage,
        Map<String, String> environment) {

    /** Name of the environment variable with the container's data. */
    public static final String DATA = "INTERLOCK_DATA";

    /** Size of facts about a container that says nothing. */
    public static final int BASE_SIZE = 200;

    private static final int SIZE_OF_LABEL = 100;
    private static final int SIZE_OF_PORT = 60;
    private static final int SIZE_OF_NETWORK = 200;
    private static final int SHORT_NAME = 100;

    /** State of a container's HEALTHCHECK. */
    public enum Health {
        /** It has no HEALTHCHECK. */
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    public ContainerFacts {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        exposedTcpPorts = exposedTcpPorts.stream().sorted().distinct().toList();
        publishedPorts = publishedPorts.stream().sorted().distinct().toList();
        networks = networks.stream().sorted().distinct().toList();
        ofImage = ofImage.map(Set::copyOf);
        // The journal of an earlier version does not have it.
        environment =
                Collections.unmodifiableSortedMap(new TreeMap<>(Objects.requireNonNullElse(environment, Map.of())));
    }

    /** Creates the facts about a container of the engine itself. */
    public ContainerFacts(
            ContainerKey key,
            String name,
            String image,
            Instant created,
            Instant startedAt,
            boolean paused,
            boolean stopping,
            Health health,
            String hostname,
            String domainname,
            Optional<String> interlockData,
            Map<String, String> labels,
            List<Integer> exposedTcpPorts,
            List<PublishedPort> publishedPorts,
            String networkMode,
            List<NetworkAttachment> networks) {
        this(
                key,
                name,
                image,
                created,
                startedAt,
                paused,
                stopping,
                health,
                hostname,
                domainname,
                interlockData,
                labels,
                exposedTcpPorts,
                publishedPorts,
                networkMode,
                networks,
                Optional.empty(),
                Optional.empty());
    }

    /** Creates facts of which nobody knows what the image brings. */
    public ContainerFacts(
            ContainerKey key,
            String name,
            String image,
            Instant created,
            Instant startedAt,
            boolean paused,
            boolean stopping,
            Health health,
            String hostname,
            String domainname,
            Optional<String> interlockData,
            Map<String, String> labels,
            List<Integer> exposedTcpPorts,
            List<PublishedPort> publishedPorts,
            String networkMode,
            List<NetworkAttachment> networks,
            Optional<InetAddress> node,
            Optional<String> excess) {
        this(
                key,
                name,
                image,
                created,
                startedAt,
                paused,
                stopping,
                health,
                hostname,
                domainname,
                interlockData,
                labels,
                exposedTcpPorts,
                publishedPorts,
                networkMode,
                networks,
                node,
                excess,
                Optional.empty(),
                Map.of());
    }

    /** Returns where the data stands, for people: the variable of a container, or the file of a service. */
    public String dataPlace() {
        return key.isService() ? ServiceServerName.file(name) : DATA;
    }

    /** Returns the facts with the order in which the container joined its networks, given what was known of it before. */
    ContainerFacts after(ContainerFacts before) {
        int next = 1
                + before.networks.stream()
                        .mapToInt(NetworkAttachment::order)
                        .max()
                        .orElse(-1);
        List<NetworkAttachment> inOrder = networks.stream()
                .map(network -> network.joined(before.networks.stream()
                        .filter(network::isOfSameNetwork)
                        .findFirst()
                        .map(NetworkAttachment::order)
                        .orElse(next)))
                .toList();
        return inOrder.equals(networks) ? this : with(stopping, inOrder, ofImage, environment);
    }

    /** Returns a copy that says whether the container is about to stop. */
    public ContainerFacts withStopping(boolean nowStopping) {
        return with(nowStopping, networks, ofImage, environment);
    }

    /** Returns a copy that says what the container's image brings. */
    public ContainerFacts withImage(Set<String> names) {
        return with(stopping, networks, Optional.of(names), environment);
    }

    /** Returns a copy with these variables. */
    public ContainerFacts withEnvironment(Map<String, String> variables) {
        return with(stopping, networks, ofImage, variables);
    }

    /** Returns the approximate size in memory, in characters. */
    public long size() {
        long ofLabels = Stream.of(labels, environment)
                .flatMap(texts -> texts.entrySet().stream())
                .mapToLong(label -> SIZE_OF_LABEL
                        + label.getKey().length()
                        + label.getValue().length())
                .sum();
        long ofTexts = (long) interlockData.map(String::length).orElse(0)
                + name.length()
                + image.length()
                + hostname.length()
                + domainname.length();
        int ports = exposedTcpPorts.size() + publishedPorts.size();
        return BASE_SIZE + ofLabels + ofTexts + (long) SIZE_OF_PORT * ports + (long) SIZE_OF_NETWORK * networks.size();
    }

    /** Returns a copy without everything that a container or its image can say at length, so that it is left out. */
    public ContainerFacts withoutData(String place) {
        return new ContainerFacts(
                key,
                PrintableText.shortened(name, SHORT_NAME),
                "",
                created,
                startedAt,
                paused,
                stopping,
                health,
                "",
                "",
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                networkMode.length() > SHORT_NAME ? "" : networkMode,
                List.of(),
                node,
                Optional.of(place),
                ofImage,
                Map.of());
    }

    /** Returns a copy with these networks. */
    public ContainerFacts withNetworks(List<NetworkAttachment> itsNetworks) {
        return with(stopping, itsNetworks, ofImage, environment);
    }

    private ContainerFacts with(
            boolean nowStopping,
            List<NetworkAttachment> itsNetworks,
            Optional<Set<String>> namesOfImage,
            Map<String, String> variables) {
        return new ContainerFacts(
                key,
                name,
                image,
                created,
                startedAt,
                paused,
                nowStopping,
                health,
                hostname,
                domainname,
                interlockData,
                labels,
                exposedTcpPorts,
                publishedPorts,
                networkMode,
                itsNetworks,
                node,
                excess,
                namesOfImage,
                variables);
    }

    /** Returns a text without variables and the values of labels, which may have secrets. */
    @Override
    public String toString() {
        return "ContainerFacts[key=" + key + ", name=" + name + ", image=" + image + ", labels=" + labels.keySet()
                + ", startedAt=" + startedAt + ", health=" + health + "]";
    }
}
