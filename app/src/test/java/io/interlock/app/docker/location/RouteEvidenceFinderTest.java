package io.interlock.app.docker.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.AddressRange;
import io.interlock.app.docker.location.RouteTable.Route;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.util.IpLiteral;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class RouteEvidenceFinderTest {

    private static final String NONE = "";
    private static final RouteTable ROUTES = new RouteTable(
            Set.of("lo", "eth0", "docker0", "br-isolated", "weave"),
            List.of(
                    new Route(IpLiteral.of("172.17.0.0"), 16, "docker0"),
                    new Route(IpLiteral.of("172.18.0.0"), 16, "br-other"),
                    new Route(IpLiteral.of("192.0.2.0"), 24, "eth0"),
                    new Route(IpLiteral.of("10.32.0.0"), 12, "weave")));

    private final RouteEvidenceFinder finder = new RouteEvidenceFinder(
            Optional.of(ROUTES),
            IpLiteral.of("192.0.2.7")::equals,
            List.of(AddressRange.of("10.99.0.0/16"), AddressRange.of("2001:db8::/32")));

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        // A route through the very interface of the network.
        "bridge,  docker0,     172.17.0.2,  INTERFACE",
        // The route to the address belongs to another engine's network, or to a stranger's.
        "bridge,  br-absent,   172.17.0.2,  NO_INTERFACE",
        "bridge,  br-absent,   172.18.0.2,  NO_INTERFACE",
        "bridge,  br-absent,   172.30.0.2,  NO_INTERFACE",
        // The host has no address in an isolated network, whoever else has one in the same range.
        "bridge,  br-isolated, 172.17.0.2,  NO_ADDRESS",
        "bridge,  br-isolated, 172.30.0.2,  NO_ADDRESS",
        "macvlan, '',          192.0.2.9,   ROUTE",
        "ipvlan,  '',          192.0.2.9,   ROUTE",
        "macvlan, '',          192.0.2.7,   OWN_ADDRESS",
        // Behind the default route is anybody.
        "macvlan, '',          198.51.100.9, NO_ROUTE",
        "overlay, '',          10.0.1.5,    NO_ROUTE",
        "weave,   '',          10.40.0.3,   ROUTE",
        "'',      '',          172.17.0.2,  ROUTE",
        "'',      '',          172.40.0.2,  NO_ROUTE",
        "bridge,  br-absent,   10.99.3.4,   CONFIGURED",
        "bridge,  br-isolated, 2001:db8::5, CONFIGURED",
        "bridge,  docker0,     127.3.0.1,   CONFIGURED"
    })
    void anAddressIsTakenByEvidence(String driver, String bridge, String address, RouteEvidence expected) {
        Optional<EngineNetwork> network = driver.isEmpty()
                ? Optional.empty()
                : Optional.of(new EngineNetwork(
                        "1".repeat(64),
                        "net",
                        driver,
                        Optional.of(bridge).filter(name -> !name.equals(NONE)),
                        true,
                        List.of()));

        assertThat(finder.of(IpLiteral.of(address), network)).isEqualTo(expected);
    }

    @Test
    void withoutATableNothingIsKnownExceptWhatTheConfigurationSays() {
        RouteEvidenceFinder blind =
                new RouteEvidenceFinder(Optional.empty(), any -> false, List.of(AddressRange.of("0.0.0.0/0")));

        assertThat(blind.of(IpLiteral.of("172.17.0.2"), Optional.empty())).isEqualTo(RouteEvidence.CONFIGURED);
        assertThat(blind.of(IpLiteral.of("fd00::2"), Optional.empty())).isEqualTo(RouteEvidence.UNKNOWN);
    }
}
