package io.interlock.app.docker.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class RouteTableTest {

    private static final String DEVICES = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes
                lo: 100 0
              eth0:5 0
            docker0: 0 0
            """;
    private static final String IPV4 = """
            Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
            eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
            docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
            eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
            eth0	0000000A	010200C0	0003	0	0	0	000000FF	0	0	0
            br-1	0000010A	00000000	0001	0	0	0	00FFFFFF	0	0	0
            *	0000020A	00000000	0201	0	0	0	0000FFFF	0	0	0
            eth1	000018AC	00000000	0000	0	0	0	0000FFFF	0	0	0
            """;
    private static final String IPV6 = """
            fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001  docker0
            fd000001000000000000000000000000 30 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 80200001  eth0
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
            20010db8000000000000000000000007 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001       lo
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path net;

    @ParameterizedTest
    @CsvSource({
        "172.17.0.2,  docker0",
        "172.17.255.255, docker0",
        "172.18.0.2,  none",
        "192.0.2.7,   eth0",
        "10.9.9.9,    eth0",
        "10.1.0.2,    br-1",
        "10.1.1.2,    eth0",
        "10.2.0.1,    eth0",
        "172.24.0.1,  none",
        "8.8.8.8,     none",
        "127.0.0.5,   lo",
        "fd00::2,     docker0",
        "fd00:0:0:1::2, none",
        "fd00:1::2,   eth0",
        "2001:db8::7, lo",
        "2001:db8::8, none",
        "::1,         lo"
    })
    void theMostSpecificRouteCountsButNoDefaultRoute(String address, String device) throws IOException {
        write();

        assertThat(RouteTable.read(net)
                        .orElseThrow()
                        .deviceTo(IpLiteral.of(address))
                        .orElse("none"))
                .isEqualTo(device);
    }

    @Test
    void interfacesAreThoseOfTheKernelsList() throws IOException {
        write();

        assertThat(RouteTable.read(net).orElseThrow().interfaces()).containsExactlyInAnyOrder("lo", "eth0", "docker0");
    }

    @Test
    void aKernelWithoutIpv6HasNoSuchTable() throws IOException {
        write();
        Files.delete(net.resolve("ipv6_route"));

        assertThat(RouteTable.read(net).orElseThrow().deviceTo(IpLiteral.of("172.17.0.2")))
                .contains("docker0");
    }

    @Test
    void tablesThatCannotBeReadAreNoEmptyOnes() throws IOException {
        assertThat(RouteTable.read(net)).isEmpty();
        write();
        Files.writeString(net.resolve("route"), "header\nnonsense\n");
        assertThat(RouteTable.read(net)).isEmpty();
    }

    private void write() throws IOException {
        Files.writeString(net.resolve("dev"), DEVICES);
        Files.writeString(net.resolve("route"), IPV4);
        Files.writeString(net.resolve("ipv6_route"), IPV6);
    }
}
