package io.interlock.app.docker.swarm;

import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.TaskProvider;
import io.interlock.app.docker.swarm.SwarmApi.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Processes the changes that a swarm reports, and polls its tasks, for which there are no events. For one thread. */
final class SwarmTaskPoller {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final SwarmEngineClient client;
    private final SwarmChangeQueue changes;
    private final TaskProvider.Listener listener;
    private final SwarmPollSchedule pace = new SwarmPollSchedule(System.nanoTime());
    private final Set<Change> open = new LinkedHashSet<>();

    SwarmTaskPoller(SwarmEngineClient client, SwarmChangeQueue changes, TaskProvider.Listener listener) {
        this.client = client;
        this.changes = changes;
        this.listener = listener;
    }

    /**
     * Polls until the condition is true. Tolerates failures for a while, because a swarm without a leader does not
     * answer for some seconds.
     *
     * @param patience how long failures may last
     * @throws IOException if they last longer, or the subscription has ended
     */
    void poll(BooleanSupplier until, Duration patience) throws IOException, InterruptedException {
        long succeeded = System.nanoTime();
        while (!until.getAsBoolean()) {
            // A change that failed is tried again without waiting for the next poll. Later changes wait in the queue.
            if (open.isEmpty()) {
                takeChanges();
            }
            try {
                step();
                succeeded = System.nanoTime();
            } catch (IOException failed) {
                if (System.nanoTime() - succeeded > patience.toNanos()) {
                    throw failed;
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    private void takeChanges() throws IOException, InterruptedException {
        SwarmChangeQueue.Batch batch = changes.take(pace.next() - System.nanoTime());
        open.addAll(batch.changes());
        if (batch.overflowed()) {
            listener.outdated();
        }
    }

    /**
     * Processes the changes and polls. An answer with an error delays nothing else. A missing answer does, because
     * other requests would get none either.
     */
    private void step() throws IOException {
        IOException failure = null;
        for (Change change : Set.copyOf(open)) {
            try {
                takeIn(change);
                open.remove(change);
            } catch (IOException failed) {
                failure = firstOf(failure, failed);
            }
        }
        for (String service : client.takeMoving()) {
            pace.moves(service, System.nanoTime());
        }
        look();
        if (failure != null) {
            throw failure;
        }
    }

    private static IOException firstOf(@Nullable IOException earlier, IOException failed) throws IOException {
        if (EngineHttpClient.status(failed).isEmpty()) {
            throw failed;
        }
        return earlier == null ? failed : earlier;
    }

    private void takeIn(Change change) throws IOException {
        tell(client.containersOf(change));
        if (change.kind() == Change.Kind.SERVICE) {
            pace.moves(change.id(), System.nanoTime());
        }
    }

    private void look() throws IOException {
        long began = System.nanoTime();
        if (pace.isAllDue(began)) {
            tell(client.refreshAll());
            tell(client.refreshLeaving());
            pace.lookedAtAll(began, System.nanoTime());
            return;
        }
        Set<String> due = pace.dueServices(began);
        if (!due.isEmpty()) {
            for (String service : due) {
                tell(client.refresh(service));
                if (client.isUpdating(service)) {
                    pace.moves(service, System.nanoTime());
                }
            }
            tell(client.refreshLeaving());
            pace.looked(began, System.nanoTime());
        }
    }

    private void tell(Set<String> containers) {
        for (String container : containers) {
            client.serviceOf(container).ifPresent(service -> pace.moves(service, System.nanoTime()));
        }
        listener.changed(containers);
    }
}
