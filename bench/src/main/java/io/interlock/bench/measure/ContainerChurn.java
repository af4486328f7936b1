package io.interlock.bench.measure;

import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.engine.SimulatedEngineServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts and stops containers of a simulated engine: half of the new ones bring a new host, half join the host of a
 * permanent one. Confined to one thread.
 */
public final class ContainerChurn implements AutoCloseable {

    private static final int ALIVE = 50;

    private final SimulatedContainerPool fleet;
    private final int size;
    private final Deque<SimulatedContainer> alive = new ArrayDeque<>();
    private long number;

    private ContainerChurn(SimulatedContainerPool fleet, int size) {
        this.fleet = fleet;
        this.size = size;
    }

    /** Creates churn beside this many permanent containers. */
    public static ContainerChurn beside(int size) throws IOException {
        return new ContainerChurn(SimulatedContainerPool.of(size, EngineLatencies.USUAL), size);
    }

    public String engineAddress() {
        return fleet.engineAddress();
    }

    /** The host of permanent containers, which others join. */
    public String host() {
        return ContainerPool.hostOf(0);
    }

    /** Starts and stops containers in turn. */
    public void churn(Duration duration, int perSecond) {
        SimulatedEngineServer engine = fleet.simulated();
        long interval = Duration.ofSeconds(1).toNanos() / perSecond;
        long began = System.nanoTime();
        for (long due = began; due - began < duration.toNanos(); due += interval) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            boolean enough = alive.size() >= ALIVE;
            if (enough && number % 2 == 1) {
                SimulatedContainer oldest = alive.remove();
                engine.stop(oldest);
                engine.remove(oldest);
            } else {
                SimulatedContainer container = next();
                engine.begin(container);
                alive.add(container);
            }
            number++;
        }
    }

    private SimulatedContainer next() {
        boolean joins = number % 4 == 0;
        return fleet.container(joins ? host() : "c" + number + ".churn.example");
    }

    /** Waits until the first and the last permanent container, and all current ones, are served. */
    public void awaitServed(int port) throws IOException {
        FirstAnswerPoller.await(port, host());
        FirstAnswerPoller.await(port, ContainerPool.hostOf(size - 1));
        for (SimulatedContainer container : alive) {
            FirstAnswerPoller.await(port, container.hostname());
        }
    }

    @Override
    public void close() {
        fleet.close();
    }
}
