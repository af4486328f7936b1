package io.interlock.app.docker;

import io.interlock.app.config.EngineConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses of an engine, or of several that manage the same swarm: with each connection it is the next one's turn. */
final class Managers implements EngineConnection.Connector {

    private final List<EngineConfig> all = new ArrayList<>();
    private final Connector connector;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile EngineAddress current;

    /** Makes a connection to the engine at one address. */
    interface Connector {
        EngineConnection connect(EngineConfig engine) throws IOException;
    }

    Managers(EngineConfig engine, Connector connector) {
        this.all.add(engine);
        engine.managers().forEach(address -> all.add(engine.at(address)));
        this.connector = connector;
        this.current = EngineAddress.of(engine);
    }

    @Override
    public EngineConnection connect() throws IOException {
        EngineConfig engine = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
        current = EngineAddress.of(engine);
        return connector.connect(engine);
    }

    /** Where the last connection led. */
    EngineAddress current() {
        return current;
    }
}
