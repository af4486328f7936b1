package io.interlock.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.haproxy.fixture.HaproxyFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HaproxyListenersTest {

    private static final ProxySettings SETTINGS = new ProxySettings(
            8080,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            100,
            Optional.empty(),
            Path.of("/proxy.conf"),
            Path.of("/proxy.pid"),
            Optional.empty(),
            Optional.empty());

    private final HaproxyFactory factory = new HaproxyFactory();

    @Test
    void withInstancesTheirPortIsTaken() {
        assertThat(factory.listeners(HaproxyFixture.config(Map.of("bind", "127.0.0.1")), SETTINGS))
                .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
        assertThat(factory.listeners(
                        HaproxyFixture.config(Map.of("bind", "127.0.0.1", "instances", List.of("a"))), SETTINGS))
                .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), new InetSocketAddress(9102));
    }

    @Test
    void thePortOfInstancesIsNoPortForRequests() {
        HaproxyConfig config = HaproxyFixture.config(Map.of("instances", List.of("a"), "instances_port", 8080));

        assertThatThrownBy(() -> factory.listeners(config, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("instances_port is 8080, at which HAProxy serves requests");
    }
}
