package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.topology.AddressRange;
import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.OwnContainerDetector;
import io.interlock.app.docker.client.SwarmState;
import io.interlock.app.docker.http.EngineEndpoint;
import io.interlock.app.docker.location.EngineHost;
import io.interlock.app.docker.location.EngineNetwork;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class NetworkLocationDetectorTest {

    private static final String ID = "4b4e5ee2d3be142144e196b51bff2ddcad431ae55d3fee617bb6871a19a56a7d";
    private static final String OTHER = "7".repeat(64);
    private static final String DEVICES = "Inter-| Receive\n face |bytes\n";
    private static final String ROUTES = "Iface\tDestination\n";
    private static final InetAddress GATEWAY = address("172.31.77.1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path root;

    private final Map<String, ContainerInspection> known = new HashMap<>();
    private final List<EngineNetwork> networks = new ArrayList<>(List.of(bridge("br-nowhere")));
    private EngineHost engineHost = EngineHost.UNKNOWN;
    private Optional<InetAddress> published = Optional.empty();

    @Test
    void aUnixSocketIsOnThisHost() throws IOException {
        assertThat(find("unix:///var/run/docker.sock")).isEqualTo(new NetworkLocation.OnHost());
    }

    @Test
    void soIsALoopbackAddress() throws IOException {
        assertThat(find("tcp://127.0.0.1:2375")).isEqualTo(new NetworkLocation.OnHost());
        assertThat(find("tcp://[::1]:2375")).isEqualTo(new NetworkLocation.OnHost());
    }

    @Test
    void anyOtherAddressIsRemote() throws IOException {
        assertThat(find("tcp://192.0.2.7:2376")).isEqualTo(new NetworkLocation.Remote(address("192.0.2.7")));
        assertThat(find("tcp://[2001:db8::7]:2376")).isEqualTo(new NetworkLocation.Remote(address("2001:db8::7")));
    }

    @Test
    void aNameThatCannotBeLookedUpIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> find("tcp://nowhere.invalid:2376"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere.invalid");
    }

    @Test
    void inAContainerOfTheEngineItsNetworksCanBeReached() throws IOException {
        inContainer();
        known.put(ID, container(ID, "proxy-net", List.of(GATEWAY), "net-1", "net-2"));

        assertThat(find("unix:///var/run/docker.sock"))
                .isEqualTo(new NetworkLocation.InContainer(
                        ID, Set.of("net-1", "net-2"), Optional.of(GATEWAY), new OwnContainer(ID, Set.of())));
        assertThat(find("tcp://192.0.2.7:2376"))
                .as("whatever way the engine was reached")
                .isEqualTo(new NetworkLocation.InContainer(
                        ID, Set.of("net-1", "net-2"), Optional.of(GATEWAY), new OwnContainer(ID, Set.of())));
    }

    @Test
    void inAContainerInTheHostsNetworkItIsOnTheHost() throws IOException {
        inContainer();
        known.put(ID, container(ID, "host", List.of(), "host-net"));

        assertThat(find("unix:///var/run/docker.sock"))
                .isEqualTo(new NetworkLocation.OnHost(new OwnContainer(ID, Set.of())));
    }

    @Test
    void inAContainerThatSharesAnothersNetworkTheOthersCount() throws IOException {
        inContainer();
        known.put(ID, container(ID, "container:" + OTHER, List.of()));
        known.put(OTHER, container(OTHER, "bridge", List.of(GATEWAY), "net-3"));

        assertThat(find("unix:///var/run/docker.sock"))
                .isEqualTo(new NetworkLocation.InContainer(
                        OTHER, Set.of("net-3"), Optional.of(GATEWAY), new OwnContainer(ID, Set.of())));
    }

    @Test
    void inAContainerOfAnotherEngineOnlyPublishedPortsCanBeReached() throws IOException {
        inContainer();
        write("proc/net/route", "eth0\t00000000\t010011AC\t0003\n");

        assertThat(find("unix:///var/run/docker.sock"))
                .isEqualTo(new NetworkLocation.InContainer(Set.of(), Optional.of(address("172.17.0.1"))));
        assertThat(find("tcp://192.0.2.7:2376")).isEqualTo(new NetworkLocation.Remote(address("192.0.2.7")));
    }

    @Test
    void whoSeesTheEnginesBridgesIsOnItsHostEvenIfMarkedAsAContainer() throws IOException {
        write(".dockerenv", "");
        networks.add(bridge("docker0"));
        write("proc/self/net/dev", DEVICES + "docker0: 0 0\n");
        write("proc/self/net/route", ROUTES + "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n");

        assertThat(find("unix:///var/run/docker.sock")).isEqualTo(new NetworkLocation.OnHost());
    }

    @Test
    void aRootlessEngineIsSeparateAlthoughAnotherEnginesInterfaceHasTheSameName() throws IOException {
        networks.add(bridge("docker0"));
        write("proc/self/net/dev", DEVICES + "docker0: 0 0\n");
        write("proc/self/net/route", ROUTES + "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n");
        engineHost = new EngineHost("here", "6.1.0", true, false, false);

        assertThat(find("unix:///run/user/1000/docker.sock"))
                .isEqualTo(new NetworkLocation.Separate(
                        NetworkLocation.Separation.ROOTLESS,
                        "here",
                        List.of(address("127.0.0.1"), address("::1")),
                        false));
    }

    @Test
    void aSocketThatIsNotBoundHereBelongsToAnotherNamespace() throws IOException {
        write("proc/self/net/unix", "header\n");

        assertThat(find("unix:///var/run/docker.sock"))
                .isInstanceOfSatisfying(NetworkLocation.Separate.class, separate -> {
                    assertThat(separate.separation()).isEqualTo(NetworkLocation.Separation.NAMESPACE);
                    assertThat(separate.isProven()).isFalse();
                });
    }

    @Test
    void publishedPortsOfAnotherHostMayHaveAnAddressOfTheirOwn() throws IOException {
        published = Optional.of(address("192.0.2.99"));

        assertThat(find("tcp://192.0.2.7:2376")).isEqualTo(new NetworkLocation.Remote(address("192.0.2.99")));
    }

    @Test
    void aContainerThatMerelyBearsTheNameIsNotTaken() throws IOException {
        write(".dockerenv", "");
        write("etc/hostname", "4b4e5ee2d3be\n");
        known.put("4b4e5ee2d3be", container(OTHER, "bridge", List.of(GATEWAY), "net-1"));

        assertThat(find("unix:///var/run/docker.sock"))
                .isEqualTo(new NetworkLocation.InContainer(Set.of(), Optional.empty()));
    }

    private void inContainer() throws IOException {
        write(
                "proc/self/mountinfo",
                "600 500 254:0 /docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 /dev/vda rw\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private NetworkLocation find(String address) throws IOException {
        EngineEndpoint engine = new EngineEndpoint(URI.create(address), false);
        return new NetworkLocationDetector("e", () -> engine, new OwnContainerDetector(root), published)
                .find(new EngineConnection(new Knowing()));
    }

    private static ContainerInspection container(
            String id, String mode, List<InetAddress> gateways, String... networks) {
        ContainerFacts facts = new ContainerFacts(
                new ContainerKey("e", id),
                "interlock",
                "interlock:2",
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                false,
                Health.NONE,
                "",
                "",
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                mode,
                List.of(networks).stream()
                        .map(net -> new NetworkAttachment("name-" + net, net, Optional.empty(), Optional.empty()))
                        .toList());
        return new ContainerInspection(true, facts, "SIGTERM", Duration.ofSeconds(10), gateways);
    }

    private static EngineNetwork bridge(String name) {
        return new EngineNetwork(
                "1".repeat(64), name, "bridge", Optional.of(name), false, List.of(AddressRange.of("172.17.0.0/16")));
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    /** Engine that answers only queries for the containers that it knows. */
    private final class Knowing implements EngineClient {

        @Override
        public Optional<ContainerInspection> inspect(String container) {
            return Optional.ofNullable(known.get(container));
        }

        @Override
        public Optional<List<EngineNetwork>> networks() {
            return Optional.of(networks);
        }

        @Override
        public EngineHost host() {
            return engineHost;
        }

        @Override
        public SwarmState swarmState() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ping() {
            throw new UnsupportedOperationException();
        }

        @Override
        public EventSubscription subscribe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> runningContainers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
