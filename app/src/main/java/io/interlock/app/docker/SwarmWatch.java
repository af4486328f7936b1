package io.interlock.app.docker;

import io.interlock.app.docker.EngineEvent.Kind;
import io.interlock.app.docker.Swarm.Change;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of an engine and, made of what a swarm tells and of looks at its tasks, those of tasks. One thread reads each
 * subscription, one looks.
 */
final class SwarmWatch implements EngineClient.Events {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final SwarmClient client;
    private final EngineClient.Events ofEngine;
    private final Swarm.Changes ofSwarm;
    private final Duration patience;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("swarm-", 0).factory());

    /** What a thread found. */
    private sealed interface Item {
        record Happened(EngineEvent event) implements Item {}

        record Broken(IOException why) implements Item {}
    }

    /** What a thread does until it is interrupted. */
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private SwarmWatch(SwarmClient client, EngineClient.Events ofEngine, Swarm.Changes ofSwarm, Duration patience) {
        this.client = client;
        this.ofEngine = ofEngine;
        this.ofSwarm = ofSwarm;
        this.patience = patience;
    }

    /**
     * Begins to watch.
     *
     * @param ofEngine closed with this, and if it cannot begin
     * @param patience how long looks may fail before the subscription ends
     */
    static SwarmWatch start(SwarmClient client, EngineClient.Events ofEngine, Swarm swarm, Duration patience)
            throws IOException {
        Swarm.Changes ofSwarm;
        try {
            ofSwarm = swarm.subscribe();
        } catch (IOException | RuntimeException failed) {
            ofEngine.close();
            throw failed;
        }
        SwarmWatch watch = new SwarmWatch(client, ofEngine, ofSwarm, patience);
        watch.run(watch::readEngine);
        watch.run(watch::readSwarm);
        watch.run(watch::look);
        return watch;
    }

    private void run(Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException broken) {
                items.add(new Item.Broken(broken));
            } catch (RuntimeException defect) {
                items.add(new Item.Broken(new IOException(Failures.reason(defect), defect)));
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void readEngine() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            items.add(new Item.Happened(ofEngine.next()));
        }
    }

    private void readSwarm() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            changes.add(ofSwarm.next());
        }
    }

    /** A swarm without a leader answers nothing for some seconds; that is waited for. */
    private void look() throws IOException, InterruptedException {
        SwarmPace pace = new SwarmPace(System.nanoTime());
        Set<Change> open = new LinkedHashSet<>();
        long succeeded = System.nanoTime();
        while (true) {
            // What could not be taken in does not wait for the next look.
            long wait = open.isEmpty() ? pace.next() - System.nanoTime() : 0;
            Change change = changes.poll(wait, TimeUnit.NANOSECONDS);
            if (change != null) {
                open.add(change);
                changes.drainTo(open);
            }
            try {
                takeIn(open, pace);
                look(pace);
                succeeded = System.nanoTime();
            } catch (IOException failed) {
                if (System.nanoTime() - succeeded > patience.toNanos()) {
                    throw failed;
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    private void takeIn(Set<Change> open, SwarmPace pace) throws IOException {
        for (Change change : Set.copyOf(open)) {
            tell(client.containersOf(change), pace);
            if (change.kind() == Change.Kind.SERVICE) {
                pace.moves(change.id(), System.nanoTime());
            }
            open.remove(change);
        }
        for (String service = client.nextMoving(); service != null; service = client.nextMoving()) {
            pace.moves(service, System.nanoTime());
        }
    }

    private void look(SwarmPace pace) throws IOException {
        long began = System.nanoTime();
        if (pace.isAllDue(began)) {
            tell(client.lookAtAll(), pace);
            tell(client.lookAtLeaving(), pace);
            pace.lookedAtAll(began, System.nanoTime());
            return;
        }
        Set<String> due = pace.dueServices(began);
        if (!due.isEmpty()) {
            for (String service : due) {
                tell(client.lookAt(service), pace);
                if (client.isUpdating(service)) {
                    pace.moves(service, System.nanoTime());
                }
            }
            tell(client.lookAtLeaving(), pace);
            pace.looked(began, System.nanoTime());
        }
    }

    private void tell(Set<String> containers, SwarmPace pace) {
        for (String container : containers) {
            client.serviceOf(container).ifPresent(service -> pace.moves(service, System.nanoTime()));
            items.add(new Item.Happened(new EngineEvent(Kind.CHANGED, container, Instant.EPOCH, "")));
        }
    }

    @Override
    public EngineEvent next() throws IOException {
        try {
            return switch (items.take()) {
                case Item.Happened happened -> happened.event();
                case Item.Broken broken -> throw broken.why();
            };
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an event");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        ofEngine.close();
        ofSwarm.close();
        items.add(new Item.Broken(new IOException("the subscription was ended")));
    }
}
