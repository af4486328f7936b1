package io.interlock.testkit;

import io.interlock.api.topology.Server;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;

/** A real HTTP server on this machine that answers every request with its name: what a container would be. */
public final class OriginFixture implements AutoCloseable {

    private final String name;
    private final OriginServer server;

    private OriginFixture(String name) throws IOException {
        this.name = name;
        this.server = OriginServer.answering(exchange -> OriginServer.respond(exchange, 200, name));
    }

    /**
     * Starts one on a free port.
     *
     * @param name what it answers, and what a {@link #server} of it is called
     */
    public static OriginFixture start(String name) throws IOException {
        return new OriginFixture(name);
    }

    /** As a server that takes requests. */
    public Server server() {
        return TopologyFixtures.server(name, "127.0.0.1", server.port());
    }

    /** As a server that finishes what it has. */
    public Server draining() {
        return TopologyFixtures.draining(name, "127.0.0.1", server.port());
    }

    /** How many requests it has had. */
    public int requests() {
        return server.requests().size();
    }

    @Override
    public void close() {
        server.close();
    }
}
