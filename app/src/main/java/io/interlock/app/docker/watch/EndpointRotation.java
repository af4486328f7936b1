package io.interlock.app.docker.watch;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.http.EngineEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Addresses of an engine, or of several engines that manage the same swarm. Each connection uses the next address. */
public final class EndpointRotation implements EngineConnection.Connector {

    private final List<EngineConfig> all = new ArrayList<>();
    private final EndpointConnector connector;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile EngineEndpoint current;

    /** Connects to the engine at one address. */
    public interface EndpointConnector {
        EngineConnection connect(EngineConfig engine) throws IOException;
    }

    public EndpointRotation(EngineConfig engine, EndpointConnector connector) {
        this.all.add(engine);
        engine.managers().forEach(address -> all.add(engine.at(address)));
        this.connector = connector;
        this.current = EngineEndpoint.of(engine);
    }

    @Override
    public EngineConnection connect() throws IOException {
        EngineConfig engine = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
        current = EngineEndpoint.of(engine);
        return connector.connect(engine);
    }

    /** Returns the endpoint of the last connection. */
    public EngineEndpoint current() {
        return current;
    }
}
