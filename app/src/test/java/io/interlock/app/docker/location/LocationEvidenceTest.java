package io.interlock.app.docker.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.InContainer;
import io.interlock.app.inventory.NetworkLocation.Separate;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class LocationEvidenceTest {

    private static final Optional<InetAddress> GATEWAY = Optional.of(IpLiteral.of("172.18.0.1"));
    private static final Set<String> NAMES = Set.of("here", "here.example.com");
    private static final String KERNEL = "6.1.0";

    /** The columns: container marks, kind of engine, its host's name, its kernel, bridges seen here, socket bound here. */
    @ParameterizedTest(name = "{0} {1} {2} {3} {4} {5}: {6} at {7}")
    @CsvSource({
        // An engine of this host.
        "false, rootful,  here,   6.1.0, named,  true,  HOST,      ''",
        "false, rootful,  HERE,   6.1.0, none,   true,  HOST,      ''",
        "false, rootful,  here.example.com, 6.1.0, named, true, HOST, ''",
        "false, rootful,  '',     '',    named,  '',    HOST,      ''",
        "false, rootful,  '',     '',    none,   '',    HOST,      ''",
        // The id of a network in the name of an interface is proof, whatever else is said.
        "false, rootless, here,   6.1.0, unique, false, HOST,      ''",
        "false, rootful,  there,  5.0.0, unique, false, HOST,      ''",
        "true,  rootful,  there,  6.1.0, unique, '',    HOST,      ''",
        // Rootless, alone or beside a rootful engine with an interface of the same name and subnet.
        "false, rootless, here,   6.1.0, none,   false, ROOTLESS,  127.0.0.1",
        "false, rootless, here,   6.1.0, named,  false, ROOTLESS,  127.0.0.1",
        "false, rootless, here,   6.1.0, named,  true,  ROOTLESS,  127.0.0.1",
        "false, podman,   here,   6.1.0, named,  true,  ROOTLESS,  127.0.0.1",
        // Virtual machines.
        "false, desktop,  docker-desktop, 6.10.14-linuxkit, none, true, DESKTOP, 127.0.0.1",
        "false, desktop,  docker-desktop, 6.10.14-linuxkit, named, true, DESKTOP, 127.0.0.1",
        "false, rootful,  colima, 6.8.0, named,  true,  MACHINE,   none",
        "false, rootless, podman, 6.8.0, none,   true,  MACHINE,   none",
        // A forwarded socket of another machine with the same kernel.
        "false, rootful,  there,  6.1.0, named,  true,  MACHINE,   none",
        "false, rootful,  there,  6.1.0, named,  '',    MACHINE,   none",
        // An engine in a network namespace of its own, beside one of this host.
        "false, rootful,  here,   6.1.0, named,  false, NAMESPACE, none",
        "false, rootful,  here,   6.1.0, none,   false, NAMESPACE, none",
        // In a container that the engine does not know; a container's name is its own.
        "true,  rootful,  there,  6.1.0, named,  '',    HOST,      ''",
        "true,  rootful,  there,  6.1.0, none,   '',    CONTAINER, 172.18.0.1",
        "true,  rootless, there,  6.1.0, named,  '',    CONTAINER, 172.18.0.1",
        "true,  rootful,  there,  5.0.0, named,  '',    CONTAINER, 172.18.0.1"
    })
    void theLocationFollowsFromTheEvidence(
            boolean inContainer,
            String kind,
            String name,
            String kernel,
            String bridges,
            String bound,
            String location,
            String published) {
        NetworkLocation found =
                evidence(inContainer, kind, name, kernel, bridges, bound).location(GATEWAY, Optional.empty());

        assertThat(kind(found)).isEqualTo(location);
        if (!published.isEmpty()) {
            assertThat(published(found)).isEqualTo(published);
        }
    }

    @Test
    void theConfiguredAddressOfPublishedPortsCounts() {
        Optional<InetAddress> configured = Optional.of(IpLiteral.of("192.0.2.7"));

        assertThat(published(evidence(false, "rootful", "there", KERNEL, "named", "true")
                        .location(GATEWAY, configured)))
                .isEqualTo("192.0.2.7");
        assertThat(published(
                        evidence(true, "rootful", "there", KERNEL, "none", "").location(GATEWAY, configured)))
                .isEqualTo("192.0.2.7");
    }

    @Test
    void onlyRootlessPodmanSharesTheNetworkOfTheHost() {
        assertThat(evidence(false, "podman", "here", KERNEL, "none", "false").location(GATEWAY, Optional.empty()))
                .isInstanceOfSatisfying(
                        Separate.class,
                        podman -> assertThat(podman.hostNetworkShared()).isTrue());
        assertThat(evidence(false, "rootless", "here", KERNEL, "none", "false").location(GATEWAY, Optional.empty()))
                .isInstanceOfSatisfying(
                        Separate.class,
                        docker -> assertThat(docker.hostNetworkShared()).isFalse());
    }

    private static LocationEvidence evidence(
            boolean inContainer, String kind, String name, String kernel, String bridges, String bound) {
        return new LocationEvidence(
                inContainer,
                new EngineHost(
                        name,
                        kernel,
                        kind.equals("rootless") || kind.equals("podman"),
                        kind.equals("desktop"),
                        kind.equals("podman")),
                NAMES,
                KERNEL,
                bridges.equals("unique"),
                !bridges.equals("none"),
                bound.isEmpty() ? Optional.empty() : Optional.of(Boolean.valueOf(bound)));
    }

    private static String kind(NetworkLocation found) {
        return switch (found) {
            case NetworkLocation.OnHost onHost -> "HOST";
            case InContainer inside -> "CONTAINER";
            case Separate separate -> separate.separation().name();
            case NetworkLocation.Remote remote -> "REMOTE";
        };
    }

    private static String published(NetworkLocation found) {
        return switch (found) {
            case NetworkLocation.OnHost onHost -> "loopback";
            case InContainer inside ->
                inside.hostAddress().map(InetAddress::getHostAddress).orElse("none");
            case Separate separate ->
                separate.hostAddresses().stream()
                        .findFirst()
                        .map(InetAddress::getHostAddress)
                        .orElse("none");
            case NetworkLocation.Remote remote -> remote.hostAddress().getHostAddress();
        };
    }
}
