package io.interlock.haproxy.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class AlertPartResolverTest {

    private final AlertPartResolver names = new AlertPartResolver(new DesiredConfig(
            new GlobalConfig("", List.of(), false),
            List.of(new BackendSpec(
                    "b2",
                    List.of(),
                    List.of(new ServerSpec("s.1", InetAddress.getLoopbackAddress(), 80, 1, 1, new ServerTraits(5000))),
                    List.of())),
            List.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'server b2/s.1' : unable to find required proxy 'b9' for tracking.",
                "backend 'b2', server 's.1': unable to find required proxy 'b9' for tracking."
            })
    void aServerIsKnownByItsName(String text) {
        assertThat(names.in(text)).contains(new ConfigPart.Server("b2", "s.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend 'b2' : something", "Proxy 'b2': something", "proxy 'b2' has no server"})
    void aBackendIsKnownByItsName(String text) {
        assertThat(names.in(text)).contains(new ConfigPart.WholeBackend("b2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Proxy 'f': unable to find required use_backend: 'b2'.",
                "'server b2/other' : no",
                "'server b3/s.1' : no",
                "out of memory"
            })
    void nobodyIsBlamedForTheRest(String text) {
        assertThat(names.in(text)).isEmpty();
    }
}
