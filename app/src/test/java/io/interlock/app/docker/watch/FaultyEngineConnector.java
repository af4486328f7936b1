package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.client.SwarmState;
import io.interlock.app.docker.location.EngineHost;
import io.interlock.app.docker.location.EngineNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects to a simulated engine, which can go down, fall silent, and be slow or faulty at chosen places. */
final class FaultyEngineConnector implements EngineConnection.Connector {

    final InMemoryEngine model = new InMemoryEngine(this::deliver);
    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger subscriptions = new AtomicInteger();
    final AtomicInteger inspects = new AtomicInteger();

    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final Set<String> sick = ConcurrentHashMap.newKeySet();
    private volatile boolean down;
    private volatile boolean silent;
    private volatile boolean mute;
    private volatile Runnable afterList = () -> {};

    void goDown() {
        down = true;
        streams.forEach(Stream::close);
    }

    void comeUp() {
        down = false;
        silent = false;
    }

    /** Keeps connections open, but delivers nothing more. */
    void fallSilent() {
        silent = true;
    }

    /** Answers requests during the action, and delivers none of its events. */
    void loseEventsOf(Runnable action) {
        mute = true;
        action.run();
        mute = false;
    }

    /** Sets the action that runs between the creation of the engine's list and its arrival. */
    void afterEachList(Runnable action) {
        afterList = action;
    }

    /** Makes inspects of this container fail from now on. */
    void makeSick(String id) {
        sick.add(id);
    }

    void heal(String id) {
        sick.remove(id);
    }

    private void deliver(EngineEvent event) {
        if (!silent && !mute) {
            streams.forEach(stream -> stream.events.add(Optional.of(event)));
        }
    }

    @Override
    public EngineConnection connect() throws IOException {
        attempts.incrementAndGet();
        answer();
        return new EngineConnection(new Client());
    }

    private void answer() throws IOException {
        if (down || silent) {
            throw new IOException("scripted: " + (down ? "refused" : "no answer"));
        }
    }

    private final class Client implements EngineClient {

        private final Set<Stream> ours = ConcurrentHashMap.newKeySet();

        @Override
        public void ping() throws IOException {
            answer();
        }

        @Override
        public EventSubscription subscribe() throws IOException {
            answer();
            subscriptions.incrementAndGet();
            Stream stream = new Stream();
            ours.add(stream);
            streams.add(stream);
            return stream;
        }

        @Override
        public List<String> runningContainers() throws IOException {
            answer();
            List<String> running = model.running();
            afterList.run();
            return running;
        }

        @Override
        public Optional<ContainerInspection> inspect(String container) throws IOException {
            answer();
            inspects.incrementAndGet();
            if (sick.contains(container)) {
                throw new IOException("scripted: 500 for " + container);
            }
            return model.inspect(container);
        }

        @Override
        public Optional<List<EngineNetwork>> networks() {
            return Optional.empty();
        }

        @Override
        public EngineHost host() {
            return EngineHost.UNKNOWN;
        }

        @Override
        public SwarmState swarmState() {
            return SwarmState.NONE;
        }

        @Override
        public void close() {
            ours.forEach(Stream::close);
        }
    }

    private final class Stream implements EngineClient.EventSubscription {

        private final BlockingQueue<Optional<EngineEvent>> events = new LinkedBlockingQueue<>();

        @Override
        public EngineEvent next() throws IOException {
            try {
                return events.take().orElseThrow(() -> new IOException("scripted: the stream ended"));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("scripted: interrupted").initCause(interrupted);
            }
        }

        @Override
        public void close() {
            streams.remove(this);
            events.add(Optional.empty());
        }
    }
}
