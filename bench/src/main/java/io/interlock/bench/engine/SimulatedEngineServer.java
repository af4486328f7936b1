package io.interlock.bench.engine;

import io.interlock.bench.engine.SimulatedEventLog.Subscription;
import io.interlock.bench.engine.UnixSocketHttpServer.Answer;
import io.interlock.bench.engine.UnixSocketHttpServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Simulates a Docker Engine on a Unix socket: ping, version, info, networks, list, inspect and events, for any number
 * of containers, each of which needs only an entry in a map. Answers take as long as those of a real engine.
 * {@code SimulatedEngineServerIT} compares it with one. Safe for all threads.
 */
public final class SimulatedEngineServer implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int FIRST_ADDRESS = 1 << 16;

    private final EngineLatencies latencies;
    private final int containerPort;
    private final Path folder;
    private final UnixSocketHttpServer server;
    private final Map<String, SimulatedContainer> containers = new ConcurrentHashMap<>();
    private final SimulatedEventLog events = new SimulatedEventLog();
    private final AtomicInteger addresses = new AtomicInteger(FIRST_ADDRESS);
    private final AtomicLong requests = new AtomicLong();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private Instant clock = Instant.now();

    private SimulatedEngineServer(EngineLatencies latencies, int containerPort) throws IOException {
        this.latencies = latencies;
        this.containerPort = containerPort;
        this.folder = Files.createTempDirectory("ile-");
        this.server = UnixSocketHttpServer.listen(socket(), this::handle);
    }

    /**
     * Starts an engine without containers.
     *
     * @param containerPort the port of its containers' processes, at the containers' addresses
     */
    public static SimulatedEngineServer start(EngineLatencies latencies, int containerPort) throws IOException {
        return new SimulatedEngineServer(latencies, containerPort);
    }

    /** Its address, {@code unix://…}. */
    public String address() {
        return "unix://" + socket();
    }

    private Path socket() {
        return folder.resolve("engine.sock");
    }

    /** The number of requests so far. */
    public long requests() {
        return requests.get();
    }

    /** Creates a container with a hostname, environment and labels. */
    public SimulatedContainer create(String hostname, Map<String, String> environment, Map<String, String> labels) {
        int n = addresses.getAndIncrement();
        byte[] id = new byte[32];
        random.nextBytes(id);
        SimulatedContainer container = new SimulatedContainer(
                HexFormat.of().formatHex(id),
                "simulated-" + n,
                hostname,
                "127." + (n >> 16 & 0xff) + "." + (n >> 8 & 0xff) + "." + (n & 0xff),
                containerPort,
                environment,
                labels,
                tick(),
                SimulatedContainer.State.CREATED);
        containers.put(container.id(), container);
        emit("container", "create", container);
        return container;
    }

    /** Starts a container; returns when the engine's start call would. */
    public void start(SimulatedContainer container) {
        begin(container);
        pause(latencies.startReturn());
    }

    /** Starts a container without waiting for the call's return. */
    public void begin(SimulatedContainer container) {
        emit("network", "connect", container);
        emit("container", "start", change(container, state -> state.running(tick())));
    }

    /** Stops a container as its stop signal does if it obeys at once. */
    public void stop(SimulatedContainer container) {
        kill(container, "15");
        die(container);
        emit("container", "stop", container);
    }

    /** Sends a signal, which changes nothing yet. */
    public void kill(SimulatedContainer container, String signal) {
        var event = SimulatedEngineResponses.event("container", "kill", container, tick());
        event.withObjectProperty("Actor").withObjectProperty("Attributes").put("signal", signal);
        events.emit(event);
    }

    /** Ends a container's process. */
    public void die(SimulatedContainer container) {
        SimulatedContainer dead = change(container, state -> state.exited(tick()));
        var event = SimulatedEngineResponses.event("container", "die", dead, tick());
        event.withObjectProperty("Actor").withObjectProperty("Attributes").put("exitCode", "0");
        events.emit(event);
        emit("network", "disconnect", dead);
    }

    /** Removes a container that no longer runs. */
    public void remove(SimulatedContainer container) {
        containers.remove(container.id());
        emit("container", "destroy", container);
    }

    private SimulatedContainer change(SimulatedContainer container, UnaryOperator<SimulatedContainer.State> change) {
        return Optional.ofNullable(
                        containers.computeIfPresent(container.id(), (id, now) -> now.with(change.apply(now.state()))))
                .orElseThrow(() -> new IllegalArgumentException("no such container: " + container.name()));
    }

    private void emit(String type, String action, SimulatedContainer container) {
        events.emit(SimulatedEngineResponses.event(type, action, container, tick()));
    }

    /** The time, never the same twice, so that events can be ordered. */
    private synchronized Instant tick() {
        Instant now = Instant.now();
        clock = now.isAfter(clock) ? now : clock.plusNanos(1);
        return clock;
    }

    private void handle(Request request, Answer answer) throws IOException, InterruptedException {
        requests.incrementAndGet();
        String path = request.path().replaceFirst("^/v1\\.[0-9]+/", "/");
        switch (path) {
            case "/_ping" -> answer.send(200, TEXT, "OK");
            case "/version" -> answer.send(200, JSON, SimulatedEngineResponses.version());
            case "/info" -> answer.send(200, JSON, SimulatedEngineResponses.info(containers.size()));
            case "/networks" -> answer.send(200, JSON, SimulatedEngineResponses.networks());
            case "/events" -> follow(request, answer);
            case "/containers/json" -> list(request.parameter("all"), answer);
            case "/services" -> answer.send(503, JSON, "{\"message\":\"This node is not a swarm manager.\"}\n");
            default -> inspect(path, answer);
        }
    }

    private void list(String all, Answer answer) throws IOException {
        boolean stoppedToo = all.equals("1") || all.equals("true");
        List<SimulatedContainer> listed = new ArrayList<>(containers.values());
        listed.removeIf(container -> !stoppedToo && !container.isRunning());
        listed.sort((one, other) -> other.created().compareTo(one.created()));
        pause(latencies.ofList(listed.size()));
        answer.send(200, JSON, SimulatedEngineResponses.listResponse(Collections.unmodifiableList(listed)));
    }

    private void inspect(String path, Answer answer) throws IOException {
        String prefix = "/containers/";
        String id = path.startsWith(prefix) && path.endsWith("/json")
                ? path.substring(prefix.length(), path.length() - "/json".length())
                : "";
        pause(latencies.inspect());
        SimulatedContainer container = containers.get(id);
        if (container == null) {
            answer.send(404, JSON, "{\"message\":\"No such container: " + id + "\"}\n");
        } else {
            answer.send(200, JSON, SimulatedEngineResponses.inspectResponse(container));
        }
    }

    private void follow(Request request, Answer answer) throws IOException, InterruptedException {
        try (Subscription subscription = events.subscribe(request.parameter("filters"), request.parameter("since"))) {
            answer.begin(JSON);
            while (true) {
                answer.part(subscription.next());
            }
        }
    }

    private static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
