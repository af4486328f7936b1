package io.interlock.bench.measure;

import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.engine.SimulatedEngineServer;
import io.interlock.bench.subject.SimulatedContainerResponder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Containers of a simulated engine, with one responder for all of their processes. */
final class SimulatedContainerPool implements ContainerPool {

    private final SimulatedContainerResponder responder;
    private final SimulatedEngineServer engine;

    private SimulatedContainerPool(SimulatedContainerResponder responder, SimulatedEngineServer engine) {
        this.responder = responder;
        this.engine = engine;
    }

    static SimulatedContainerPool start(EngineLatencies latencies) throws IOException {
        SimulatedContainerResponder responder = SimulatedContainerResponder.start();
        return new SimulatedContainerPool(responder, SimulatedEngineServer.start(latencies, responder.port()));
    }

    /** Creates a pool with this many running containers, each with its own host. */
    static SimulatedContainerPool of(int size, EngineLatencies latencies) throws IOException {
        SimulatedContainerPool fleet = start(latencies);
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

    SimulatedEngineServer simulated() {
        return engine;
    }

    int containerPort() {
        return responder.port();
    }

    @Override
    public void populate(int size) {
        for (int i = 0; i < size; i++) {
            engine.begin(container(ContainerPool.hostOf(i)));
        }
    }

    /** Creates containers that do not run yet, with their own hosts that begin with this prefix. */
    List<SimulatedContainer> createContainers(int count, String prefix) {
        List<SimulatedContainer> more = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            more.add(container(prefix + i + ".more.example"));
        }
        return more;
    }

    /** Creates containers without a host name, which do not run yet. */
    List<SimulatedContainer> unnamedContainers(int count) {
        List<SimulatedContainer> strangers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strangers.add(container("%012x".formatted(i)));
        }
        return strangers;
    }

    /** Creates a container with this host, which does not run yet. */
    SimulatedContainer container(String host) {
        return engine.create(host, Map.of("PATH", "/bin"), Map.of("io.interlock.bench", "1"));
    }

    @Override
    public PoolMember create(String host) {
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

    private record SimulatedMember(SimulatedEngineServer engine, SimulatedContainer container) implements PoolMember {
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
