package io.interlock.app.acme;

import io.interlock.app.acme.connection.AuthorityClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;

/** Waits for an authority to finish a step of an order. Safe for all threads. */
final class ResourcePoller {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    private final Clock clock;
    private final AuthorityClock authority;
    private final Duration limit;

    /**
     * @param limit how long to wait for the authority at each step of an order
     */
    ResourcePoller(Clock clock, AuthorityClock authority, Duration limit) {
        this.clock = clock;
        this.authority = authority;
        this.limit = limit;
    }

    /**
     * Waits for a limited time. The library's own waiting relies on equal clocks: it fails where this machine's clock
     * is ahead of the authority's, and gives up at once where it is behind.
     *
     * @return one of {@code ends}, or the current status after that time
     */
    Status await(PollableResource resource, Set<Status> ends) throws AcmeException, InterruptedException {
        long began = System.nanoTime();
        while (!ends.contains(resource.getStatus())) {
            Duration left = limit.minusNanos(System.nanoTime() - began);
            Instant now = authority.now().orElseGet(clock::instant);
            Duration pause = resource.fetch()
                    .map(again -> Duration.between(now, again))
                    .orElse(PollableResource.DEFAULT_RETRY_AFTER);
            if (ends.contains(resource.getStatus()) || !left.isPositive()) {
                break;
            }
            Duration polite = pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
            Thread.sleep(polite.compareTo(left) < 0 ? polite : left);
        }
        return resource.getStatus();
    }
}
