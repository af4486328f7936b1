package io.interlock.stats.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.stats.http.ConnectionLimiter.Permit;
import io.interlock.util.IpLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ConnectionLimiterTest {

    private static final long SECOND = 1_000_000_000;

    private final List<String> ended = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    @Test
    void aClientHasItsShareAndLeavesTheRestToOthers() {
        ConnectionLimiter limiter = new ConnectionLimiter(10, 2, 5, now::get);
        admit(limiter, "192.0.2.1", 2);
        assertThat(admit(limiter, "192.0.2.1").isReserve()).isTrue();
        assertThat(admit(limiter, "192.0.2.2").isReserve()).isFalse();
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneClient() {
        ConnectionLimiter limiter = new ConnectionLimiter(10, 2, 5, now::get);
        admit(limiter, "2001:db8:0:1::1", 1);
        admit(limiter, "2001:db8:0:1:ffff::2", 1);
        assertThat(admit(limiter, "2001:db8:0:1::3").isReserve()).isTrue();
        assertThat(admit(limiter, "2001:db8:0:2::1").isReserve()).isFalse();
    }

    @Test
    void withoutALimitForAClientTheTotalCounts() {
        ConnectionLimiter limiter = new ConnectionLimiter(10, 0, 5, now::get);
        admit(limiter, "192.0.2.1", 10);
        assertThat(admit(limiter, "192.0.2.2").isReserve()).isTrue();
    }

    @Test
    void aConnectionThatEndsMakesRoom() {
        ConnectionLimiter limiter = new ConnectionLimiter(10, 1, 5, now::get);
        admit(limiter, "192.0.2.1").close();
        assertThat(admit(limiter, "192.0.2.1").isReserve()).isFalse();
    }

    @Test
    void inAFullReserveTheOldestWithoutARequestEnds() {
        ConnectionLimiter limiter = new ConnectionLimiter(0, 0, 3, now::get);
        admit(limiter, "192.0.2.1");
        admit(limiter, "192.0.2.2").markAnswering();
        admit(limiter, "192.0.2.3");
        admit(limiter, "192.0.2.4");
        assertThat(ended).isEmpty();
        admit(limiter, "192.0.2.5");
        assertThat(ended).containsExactly("192.0.2.1");
        admit(limiter, "192.0.2.6");
        assertThat(ended).containsExactly("192.0.2.1", "192.0.2.3");
    }

    @Test
    void aConnectionTakesThePlaceOfItsClientsHalfRequest() {
        ConnectionLimiter limiter = new ConnectionLimiter(10, 2, 5, now::get);
        admit(limiter, "192.0.2.9");
        admit(limiter, "192.0.2.1");
        Permit answering = admit(limiter, "192.0.2.1");
        answering.markAnswering();
        assertThat(admit(limiter, "192.0.2.1").isReserve())
                .as("a second for a request")
                .isTrue();
        now.addAndGet(SECOND);
        assertThat(admit(limiter, "192.0.2.1").isReserve()).isFalse();
        assertThat(ended).containsExactly("192.0.2.1");
        now.addAndGet(SECOND);
        answering.markIdle();
        assertThat(admit(limiter, "192.0.2.1").isReserve()).isFalse();
        assertThat(admit(limiter, "192.0.2.1").isReserve())
                .as("idle for less than a second")
                .isTrue();
    }

    @Test
    void aConnectionTakesThePlaceOfAnybodysHalfRequestIfThereIsNoneLeft() {
        ConnectionLimiter limiter = new ConnectionLimiter(2, 0, 5, now::get);
        admit(limiter, "192.0.2.1").markAnswering();
        Permit half = admit(limiter, "192.0.2.2");
        now.addAndGet(SECOND);
        assertThat(admit(limiter, "192.0.2.3").isReserve()).isFalse();
        assertThat(ended).containsExactly("192.0.2.2");
        half.close();
        half.close();
        assertThat(admit(limiter, "192.0.2.4").isReserve())
                .as("its place was taken once")
                .isTrue();
    }

    private void admit(ConnectionLimiter limiter, String address, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(admit(limiter, address).isReserve()).isFalse();
        }
    }

    private Permit admit(ConnectionLimiter limiter, String address) {
        return limiter.admit(IpLiteral.of(address), () -> ended.add(address));
    }
}
