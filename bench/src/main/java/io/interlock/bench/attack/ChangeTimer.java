package io.interlock.bench.attack;

import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.engine.SimulatedEngineServer;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts honest containers with new names, one after the other, and measures how long it takes until clients get their
 * answers. How long a stop takes is not measured: a request waits for a successor of the last container of a name.
 */
final class ChangeTimer {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int SERVED = 200;
    private static final int POLL_MILLIS = 5;

    private final SimulatedEngineServer engine;
    private final int port;
    private final List<Double> millis = new ArrayList<>();
    private int number;

    ChangeTimer(SimulatedEngineServer engine, int port) {
        this.engine = engine;
        this.port = port;
    }

    /** Measures one start; the container before it stops. */
    void measure() throws InterruptedException {
        String host = "c" + number++ + ".changes.example";
        SimulatedContainer container = engine.create(host, Map.of(), Map.of());
        long begin = System.nanoTime();
        engine.begin(container);
        while (System.nanoTime() - begin < LONGEST.toNanos() && status(host) != SERVED) {
            Thread.sleep(POLL_MILLIS);
        }
        millis.add((System.nanoTime() - begin) / 1e6);
        engine.stop(container);
        engine.remove(container);
    }

    private int status(String host) {
        try {
            return HttpConnection.getImpatiently(port, host, "/").status();
        } catch (IOException e) {
            return 0;
        }
    }

    int changes() {
        return millis.size();
    }

    /** The time within which this share of the changes was seen, in milliseconds. */
    double millis(double share) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
