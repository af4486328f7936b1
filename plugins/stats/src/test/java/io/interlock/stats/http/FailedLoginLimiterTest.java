package io.interlock.stats.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FailedLoginLimiterTest {

    private static final InetAddress CLIENT = address("192.0.2.1");

    private final AtomicLong now = new AtomicLong();
    private final FailedLoginLimiter limiter = new FailedLoginLimiter(now::get);

    @Test
    void aClientHasTenTriesAMinute() {
        fail(CLIENT, FailedLoginLimiter.MOST - 1);
        assertThat(limiter.admits(CLIENT)).isTrue();
        fail(CLIENT, 1);
        assertThat(limiter.admits(CLIENT)).isFalse();
        assertThat(limiter.admits(address("192.0.2.2"))).as("another client").isTrue();

        now.addAndGet(FailedLoginLimiter.PERIOD.toNanos() + 1);
        assertThat(limiter.admits(CLIENT)).isTrue();
        fail(CLIENT, 1);
        assertThat(limiter.admits(CLIENT)).as("the count begins anew").isTrue();
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneClient() {
        for (int i = 0; i < FailedLoginLimiter.MOST; i++) {
            fail(address("2001:db8:0:1::" + i), 1);
        }
        assertThat(limiter.admits(address("2001:db8:0:1:ffff::1"))).isFalse();
        assertThat(limiter.admits(address("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void manyClientsMakeTheOldestForgotten() {
        fail(CLIENT, FailedLoginLimiter.MOST);
        for (int i = 0; i < 10_000; i++) {
            fail(address("10.0." + i / 256 + "." + i % 256), 1);
        }
        assertThat(limiter.admits(CLIENT)).isTrue();
    }

    private void fail(InetAddress client, int times) {
        for (int i = 0; i < times; i++) {
            limiter.recordFailure(client);
        }
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
