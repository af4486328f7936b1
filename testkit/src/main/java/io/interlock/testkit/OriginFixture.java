package io.interlock.testkit;

import io.interlock.api.topology.Server;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;

/** HTTP server on this machine that stands for a container and answers every request with its name. */
public final class OriginFixture implements AutoCloseable {

    private final String name;
    private final OriginServer server;

    private OriginFixture(String name) throws IOException {
        this.name = name;
        this.server = OriginServer.answering(exchange -> OriginServer.respond(exchange, 200, name));
    }

    /**
     * Starts a server on a free port.
     *
     * @param name the text of its answers, and the name of its {@link #server}
     */
    public static OriginFixture start(String name) throws IOException {
        return new OriginFixture(name);
    }

    /** Returns it as a server that takes requests. */
    public Server server() {
        return TopologyFixtures.server(name, "127.0.0.1", server.port());
    }

    /** Returns it as a draining server. */
    public Server draining() {
        return TopologyFixtures.draining(name, "127.0.0.1", server.port());
    }

    /** Returns the number of requests so far. */
    public int requests() {
        return server.requests().size();
    }

    @Override
    public void close() {
        server.close();
    }
}
