package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TopologyBuilderTest {

    private final TopologyBuilder builder = new TopologyBuilder();

    private static Backend backend(String name, String... options) {
        return new Backend(name, List.of(), new HealthCheck.Tcp(), List.of(options));
    }

    private static VirtualHost host(String backend, String... names) {
        List<HostName> hostNames = new ArrayList<>();
        for (String name : names) {
            hostNames.add(new HostName(name));
        }
        return new VirtualHost(hostNames, List.of(new Route(Route.EVERYTHING, backend)));
    }

    @Test
    void whatIsBuiltStepByStepEqualsWhatIsMadeAtOnce() {
        Random random = new Random(7);
        Map<String, Backend> backends = new HashMap<>();
        Map<String, VirtualHost> hosts = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            String name = "n" + random.nextInt(50);
            if (hosts.containsKey(name)) {
                builder.remove(Objects.requireNonNull(hosts.remove(name)));
                builder.remove(Objects.requireNonNull(backends.remove(name)));
            } else {
                Backend backend = backend(name, "o" + random.nextInt(2));
                VirtualHost host = host(name, name, "alias-of-" + name);
                backends.put(name, backend);
                hosts.put(name, host);
                builder.put(host);
                builder.put(backend);
            }
            Topology built = builder.build();
            Topology atOnce = new Topology(List.copyOf(hosts.values()), List.copyOf(backends.values()));

            assertThat(built).as("step %s", step).isEqualTo(atOnce).hasSameHashCodeAs(atOnce);
            assertThat(atOnce).as("step %s", step).isEqualTo(built);
            assertThat(built.with(TlsMaterial.NONE)).isEqualTo(atOnce);
        }
    }

    @Test
    void oneThatWasBuiltStaysAsItIs() {
        builder.put(backend("a"));
        Topology before = builder.build();
        builder.put(backend("b"));
        builder.build();

        assertThat(before.backends()).extracting(Backend::name).containsExactly("a");
        assertThatThrownBy(() -> before.backends().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRouteThatLeadsNowhereIsFoundWhicheverWayItCameAbout() {
        builder.put(host("b", "www.example.com"));
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("[b]");

        Backend backend = backend("b");
        builder.put(backend);
        assertThat(builder.build().virtualHosts()).hasSize(1);

        builder.remove(backend);
        assertThatIllegalArgumentException().isThrownBy(builder::build);
    }

    @Test
    void aNameThatIsTakenChangesNothing() {
        builder.put(backend("b"));
        builder.put(host("b", "a.example", "www.example"));
        Topology before = builder.build();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.put(host("b", "b.example", "www.example")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.put(backend("b", "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.remove(backend("b", "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.remove(host("b", "a.example")));
        assertThat(builder.build()).isEqualTo(before);
    }

    @Test
    void connectionsAreCheckedAsWell() {
        builder.put(backend("db"));
        builder.tcpListeners(List.of(new TcpListener(5432, List.of(new TcpListener.TcpRoute(Optional.empty(), "db")))));
        assertThat(builder.build().tcpListeners()).hasSize(1);

        builder.put(host("db", "www.example"));
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("db");
    }
}
