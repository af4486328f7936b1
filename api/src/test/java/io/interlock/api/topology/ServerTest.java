package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ServerTest {

    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static Server server(String id, String name, InetAddress address, int port, Duration interval) {
        return new Server(id, name, address, port, ServerState.READY, interval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void theUnspecifiedAddressIsRefused(String address) throws UnknownHostException {
        InetAddress unspecified = InetAddress.getByName(address);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> server("e/1", "a", unspecified, 80, INTERVAL))
                .withMessage("server a has the unspecified address");
    }

    @Test
    void anAddressKeepsNeitherHostNameNorScope() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress("evil\nname", new byte[] {10, 0, 0, 1});
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        InetAddress scoped = Inet6Address.getByAddress("x", linkLocal, 3);

        assertThat(server("e/1", "a", named, 80, INTERVAL).address()).hasToString("/10.0.0.1");
        assertThat(server("e/1", "a", scoped, 80, INTERVAL).address()).hasToString("/fe80:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536})
    void aPortIsFrom1To65535(int port) {
        assertThatIllegalArgumentException().isThrownBy(() -> server("e/1", "a", ADDRESS, port, INTERVAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0005S", "PT0.0015S"})
    void anIntervalIsOfWholeMilliseconds(String interval) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server("e/1", "a", ADDRESS, 80, Duration.parse(interval)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a\nb", "a/b", "é", "a'"})
    void aNameThatAProxyCouldMisreadIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> server("e/1", name, ADDRESS, 80, INTERVAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "é", "a'"})
    void anIdThatAProxyCouldMisreadIsRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> server(id, "a", ADDRESS, 80, INTERVAL));
    }
}
