package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.ContainerSignals;
import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.client.EngineEvent.Kind;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkAttachment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Engine in memory: its containers, its answers, and its events. Each step takes a second of its clock. */
final class InMemoryEngine {

    static final String ID = "simulated";
    static final Duration STOP_TIMEOUT = Duration.ofMillis(20);

    private final Consumer<EngineEvent> events;
    private final Map<String, Box> boxes = new TreeMap<>();
    private final Map<String, List<NetworkAttachment>> networks = new TreeMap<>();
    private Instant clock = Instant.parse("2026-11-22T12:00:00Z");

    private static final class Box {
        private String name;
        private boolean running;
        private boolean paused;
        private Instant startedAt = Instant.EPOCH;
        private @Nullable Instant askedToStop;

        Box(String name) {
            this.name = name;
        }
    }

    InMemoryEngine(Consumer<EngineEvent> events) {
        this.events = events;
    }

    /** Sets the networks of a container, which is started later. */
    synchronized void joinAs(String id, NetworkAttachment... attachments) {
        networks.put(id, List.of(attachments));
    }

    synchronized void start(String id) {
        Box box = boxes.computeIfAbsent(id, Box::new);
        if (box.running) {
            return;
        }
        emit(Kind.NETWORK, id, "");
        box.running = true;
        box.paused = false;
        box.startedAt = tick();
        emit(Kind.STARTED, id, "");
    }

    synchronized void die(String id) {
        ifRunning(id, box -> {
            box.running = false;
            box.askedToStop = null;
            emit(Kind.ENDED, id, "");
            emit(Kind.NETWORK, id, "");
        });
    }

    synchronized void stop(String id) {
        ifRunning(id, box -> {
            kill(id, "15");
            die(id);
            emit(Kind.ENDED, id, "");
        });
    }

    synchronized void kill(String id, String signal) {
        ifRunning(id, box -> {
            emit(Kind.KILLED, id, signal);
            if (ContainerSignals.ends(signal, ContainerSignals.DEFAULT_STOP_SIGNAL)) {
                box.askedToStop = clock;
            }
        });
    }

    synchronized void pause(String id) {
        ifRunning(id, box -> {
            box.paused = !box.paused;
            emit(Kind.CHANGED, id, "");
        });
    }

    synchronized void rename(String id, String name) {
        Box box = boxes.get(id);
        if (box != null) {
            box.name = name;
            emit(Kind.CHANGED, id, "");
        }
    }

    synchronized void remove(String id) {
        die(id);
        if (boxes.remove(id) != null) {
            emit(Kind.ENDED, id, "");
        }
    }

    synchronized List<String> running() {
        return boxes.keySet().stream().filter(id -> box(id).running).toList();
    }

    synchronized Optional<ContainerInspection> inspect(String id) {
        return Optional.ofNullable(boxes.get(id))
                .map(box -> new ContainerInspection(
                        box.running, facts(id, box), ContainerSignals.DEFAULT_STOP_SIGNAL, STOP_TIMEOUT, List.of()));
    }

    /** The expected final content of the inventory for this engine, by container id. */
    synchronized Map<String, ContainerFacts> truth() {
        Map<String, ContainerFacts> truth = new TreeMap<>();
        running().forEach(id -> truth.put(id, facts(id, box(id)).withStopping(box(id).askedToStop != null)));
        return truth;
    }

    private Box box(String id) {
        return Optional.ofNullable(boxes.get(id)).orElseThrow();
    }

    private void ifRunning(String id, Consumer<Box> action) {
        Optional.ofNullable(boxes.get(id)).filter(box -> box.running).ifPresent(action);
    }

    private void emit(Kind kind, String id, String signal) {
        events.accept(new EngineEvent(kind, id, tick(), signal));
    }

    private Instant tick() {
        clock = clock.plusSeconds(1);
        return clock;
    }

    private ContainerFacts facts(String id, Box box) {
        return new ContainerFacts(
                new ContainerKey(ID, id),
                box.name,
                "test/image:1",
                Instant.EPOCH,
                box.startedAt,
                box.paused,
                false,
                Health.NONE,
                "www.example.com",
                "",
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                "default",
                networks.getOrDefault(id, List.of()));
    }
}
