package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class IpLiteralTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "255.255.255.255, 255.255.255.255",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::7, 2001:db8:0:0:0:0:0:7",
        "::ffff:10.0.0.1, 10.0.0.1",
    })
    void aLiteralIsAnAddress(String text, String address) {
        assertThat(IpLiteral.parse(text).map(InetAddress::getHostAddress)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "256.1.1.1",
                "010.0.0.1",
                "1.2.3.4.5",
                "localhost",
                "cafe",
                "fe80::1%eth0",
                ":",
                ":::",
                "1::2::3",
                "[::1]",
                " ::1",
                "127.0.0.1\n",
                "1.2.3.4:80",
                "12345::"
            })
    void anythingElseIsNoneAndIsNotLookedUp(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
        assertThat(IpLiteral.isIpv6(text)).isFalse();
        assertThatThrownBy(() -> IpLiteral.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIpv6AddressIsTold() {
        assertThat(IpLiteral.isIpv6("2001:db8::1")).isTrue();
        assertThat(IpLiteral.isIpv6("10.0.0.1")).isFalse();
        assertThat(IpLiteral.isIpv6("::ffff:10.0.0.1")).isFalse();
    }

    @Test
    void anAddressIsTheSameHoweverItIsWritten() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("2001:db8::1");
        assertThat(IpLiteral.isSame(address, "2001:DB8:0::1")).isTrue();
        assertThat(IpLiteral.isSame(address, "2001:db8:0:0:0:0:0:1")).isTrue();
        assertThat(IpLiteral.isSame(address, "2001:db8::2")).isFalse();
        assertThat(IpLiteral.isSame(address, "localhost")).isFalse();
    }
}
