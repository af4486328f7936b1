package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.location.EngineNetwork;
import io.interlock.app.docker.location.RouteEvidenceFinder;
import io.interlock.app.docker.location.RouteTable;
import io.interlock.app.docker.location.RouteTable.Route;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AttachmentEvidenceReaderTest {

    private final List<EngineNetwork> networks = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger tables = new AtomicInteger();
    private boolean failing;

    private final AttachmentEvidenceReader reader = new AttachmentEvidenceReader(() -> {
        tables.incrementAndGet();
        return Optional.of(new RouteEvidenceFinder(
                Optional.of(new RouteTable(Set.of("lo", "br-a", "br-b"), routes)), any -> false, List.of()));
    });

    @Test
    void anInterfaceIsLookedAtOnceForAllContainersOfItsNetwork() throws IOException {
        bridge("a", "10.1.0.0");

        for (int host = 2; host < 100; host++) {
            assertThat(evidence("a", "10.1.0." + host)).isEqualTo(RouteEvidence.INTERFACE);
        }

        assertThat(lists).hasValue(1);
        assertThat(tables).hasValue(1);
    }

    @Test
    void aNetworkThatIsNewIsAskedForOnce() throws IOException {
        bridge("a", "10.1.0.0");
        assertThat(evidence("a", "10.1.0.2")).isEqualTo(RouteEvidence.INTERFACE);
        bridge("b", "10.2.0.0");

        assertThat(evidence("b", "10.2.0.2")).isEqualTo(RouteEvidence.INTERFACE);
        assertThat(evidence("nowhere", "10.3.0.2")).isEqualTo(RouteEvidence.NO_ROUTE);
        assertThat(evidence("nowhere", "10.3.0.3")).isEqualTo(RouteEvidence.NO_ROUTE);
        assertThat(lists).hasValue(3);
    }

    @Test
    void anInterfaceThatComesLaterIsSeenWithTheNextContainer() throws IOException {
        bridge("a", "10.1.0.0");
        routes.clear();
        assertThat(evidence("a", "10.1.0.2")).isEqualTo(RouteEvidence.NO_ADDRESS);
        routes.add(new Route(IpLiteral.of("10.1.0.0"), 16, "br-a"));

        assertThat(evidence("a", "10.1.0.2")).isEqualTo(RouteEvidence.INTERFACE);
    }

    @Test
    void anInterfaceThatWentIsNoticedAfterTheNextList() throws IOException {
        bridge("a", "10.1.0.0");
        assertThat(evidence("a", "10.1.0.2")).isEqualTo(RouteEvidence.INTERFACE);
        routes.clear();
        reader.forget();

        assertThat(evidence("a", "10.1.0.2")).isEqualTo(RouteEvidence.NO_ADDRESS);
    }

    @Test
    void anEngineThatDoesNotTellItsNetworksLeavesTheRoutes() throws IOException {
        failing = true;
        routes.add(new Route(IpLiteral.of("10.1.0.0"), 16, "br-a"));

        assertThat(evidence("a", "10.1.0.2")).isEqualTo(RouteEvidence.ROUTE);
        assertThat(evidence("a", "10.9.0.2")).isEqualTo(RouteEvidence.NO_ROUTE);
    }

    private void bridge(String id, String subnet) {
        networks.add(new EngineNetwork(id, id, "bridge", Optional.of("br-" + id), true, List.of()));
        routes.add(new Route(IpLiteral.of(subnet), 16, "br-" + id));
    }

    private RouteEvidence evidence(String network, String address) throws IOException {
        InMemoryEngine model = new InMemoryEngine(event -> {});
        model.joinAs(
                "c", new NetworkAttachment(network, network, Optional.of(IpLiteral.of(address)), Optional.empty()));
        model.start("c");
        ContainerInspection annotated = reader.annotated(model.inspect("c").orElseThrow(), engine());
        return annotated.facts().networks().getFirst().evidence().ipv4();
    }

    private EngineClient engine() {
        return (EngineClient) Proxy.newProxyInstance(
                EngineClient.class.getClassLoader(),
                new Class<?>[] {EngineClient.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("networks")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    lists.incrementAndGet();
                    if (failing) {
                        throw new IOException("scripted");
                    }
                    return Optional.of(List.copyOf(networks));
                });
    }
}
