package io.interlock.bench.engine;

import java.time.Instant;
import java.util.Map;

/**
 * Container of a simulated engine. Its process is any program that listens at its address.
 *
 * @param id 64 hexadecimal digits
 * @param name without a leading slash
 * @param hostname as configured
 * @param address of the network 127.0.0.0/8, as text; its own
 * @param port the port on which its process listens
 * @param environment variables by name
 * @param labels by name
 * @param created when it was created
 * @param state its state; a change creates a new object
 */
public record SimulatedContainer(
        String id,
        String name,
        String hostname,
        String address,
        int port,
        Map<String, String> environment,
        Map<String, String> labels,
        Instant created,
        State state) {

    /**
     * State of a container.
     *
     * @param status as the engine calls it: {@code created}, {@code running}, {@code exited}
     * @param startedAt the start of the latest run; the engine's zero time if there was none
     * @param finishedAt the end of the latest run; the engine's zero time if there was none
     */
    public record State(String status, Instant startedAt, Instant finishedAt) {

        private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

        static final State CREATED = new State("created", NEVER, NEVER);

        State running(Instant now) {
            return new State("running", now, finishedAt);
        }

        State exited(Instant now) {
            return new State("exited", startedAt, now);
        }
    }

    public SimulatedContainer {
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return state.status().equals("running");
    }

    SimulatedContainer with(State now) {
        return new SimulatedContainer(id, name, hostname, address, port, environment, labels, created, now);
    }
}
