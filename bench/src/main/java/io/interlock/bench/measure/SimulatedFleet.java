package io.interlock.bench.measure;

import io.interlock.bench.engine.Latencies;
import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.engine.SimulatedEngine;
import io.interlock.bench.subject.Responder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Containers of a simulated engine, with one responder for all of their processes. */
final class SimulatedFleet implements Fleet {

    private final Responder responder;
    private final SimulatedEngine engine;

    private SimulatedFleet(Responder responder, SimulatedEngine engine) {
        this.responder = responder;
        this.engine = engine;
    }

    static SimulatedFleet start(Latencies latencies) throws IOException {
        Responder responder = Responder.start();
        return new SimulatedFleet(responder, SimulatedEngine.start(latencies, responder.port()));
    }

    /** With so many containers that run, each with a host of its own. */
    static SimulatedFleet of(int size, Latencies latencies) throws IOException {
        SimulatedFleet fleet = start(latencies);
        fleet.populate(size);
        return fleet;
    }

    @Override
    public String engine() {
        return "simulated engine";
    }

    @Override
    public String engineAddress() {
        return engine.address();
    }

    SimulatedEngine simulated() {
        return engine;
    }

    int containerPort() {
        return responder.port();
    }

    @Override
    public void populate(int size) {
        for (int i = 0; i < size; i++) {
            engine.begin(container(Fleet.hostOf(i)));
        }
    }

    /** Containers, not running yet, with hosts of their own that begin with this. */
    List<SimulatedContainer> more(int count, String prefix) {
        List<SimulatedContainer> more = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            more.add(container(prefix + i + ".more.example"));
        }
        return more;
    }

    /** Containers without a name to serve them by, not running yet. */
    List<SimulatedContainer> strangers(int count) {
        List<SimulatedContainer> strangers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strangers.add(container("%012x".formatted(i)));
        }
        return strangers;
    }

    /** A container with this host, not running yet. */
    SimulatedContainer container(String host) {
        return engine.create(host, Map.of("PATH", "/bin"), Map.of("io.interlock.bench", "1"));
    }

    @Override
    public Member create(String host) {
        return new SimulatedMember(engine, container(host));
    }

    @Override
    public void close() {
        engine.close();
        try {
            responder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record SimulatedMember(SimulatedEngine engine, SimulatedContainer container) implements Member {
        @Override
        public void start() {
            engine.start(container);
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(container.address(), container.port());
        }

        @Override
        public String answer() {
            return container.address();
        }

        @Override
        public void end() {
            engine.stop(container);
            engine.remove(container);
        }
    }
}
