package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.services.HostLookup.ResolvedHost;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HostLookupQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ServiceNameTracker names = new ServiceNameTracker();
    private final HostLookupQueue queue = new HostLookupQueue(() -> {});

    @Test
    void lookupsAtOneTimeAreBoundedAndAllHaveTheirTurn() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        HostLookup slow = host -> {
            assertThat(running.incrementAndGet()).isLessThanOrEqualTo(HostLookupQueue.MOST_AT_ONCE);
            go.await();
            running.decrementAndGet();
            return new ResolvedHost(List.of(IpLiteral.of("10.0.0.1")), Duration.ofSeconds(5));
        };
        Set<String> hosts = new HashSet<>();
        for (int i = 0; i < 3 * HostLookupQueue.MOST_AT_ONCE; i++) {
            hosts.add("h" + i);
        }
        names.follow(hosts, NOW);
        names.due(NOW).forEach(host -> queue.start(slow, host));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> running.get() == HostLookupQueue.MOST_AT_ONCE);
        queue.giveTo(names, NOW);
        assertThat(names.isAwaiting()).isTrue();

        go.countDown();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            queue.giveTo(names, NOW);
            return !names.isAwaiting();
        });
        assertThat(names.problems()).isEmpty();
    }

    @Test
    void aFailureAndADefectAreProblemsOfTheName() {
        names.follow(Set.of("fails", "breaks"), NOW);
        queue.start(
                host -> {
                    throw new IOException("no such name");
                },
                "fails");
        queue.start(
                host -> {
                    throw new IllegalStateException("defect");
                },
                "breaks");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            queue.giveTo(names, NOW);
            return names.problems().size() == 2;
        });
        assertThat(names.problems().get("fails")).contains("no such name");
    }
}
