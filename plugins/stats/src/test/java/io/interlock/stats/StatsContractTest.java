package io.interlock.stats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.sink.StatsSink;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.testkit.SinkTestContext;
import io.interlock.testkit.StatsSinkContract;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Contract of sinks with everything that gives statistics away: the documents, the metrics and Graphite. */
@Tag("unit")
class StatsContractTest {

    private static StatsSink sink(SinkTestContext host, String section) throws Exception {
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(section);
        return new StatsFactory().create(new PluginSectionBinder("stats", json).bind(StatsConfig.class), host);
    }

    /** The contract of what clients read. */
    abstract static class Document extends StatsSinkContract {

        private final String path;
        private final int port = PortAllocator.next();

        Document(String path) {
            this.path = path;
        }

        @Override
        protected StatsSink create(SinkTestContext host) throws Exception {
            return sink(host, "{\"port\": " + port + "}");
        }

        @Override
        protected String output(SinkTestContext host) throws IOException {
            return HttpConnection.get(port, "127.0.0.1", path).body();
        }
    }

    @Nested
    class Servers extends Document {
        Servers() {
            super("/api/v1/servers");
        }
    }

    @Nested
    class Metrics extends Document {
        Metrics() {
            super("/metrics");
        }
    }

    @Nested
    class Graphite extends StatsSinkContract {

        private final StringWriter received = new StringWriter();
        private final List<ServerSocket> carbon = new ArrayList<>();

        @Override
        protected StatsSink create(SinkTestContext host) throws Exception {
            if (carbon.isEmpty()) {
                ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                carbon.add(server);
                Thread.ofVirtual().start(() -> receive(server));
            }
            return sink(
                    host,
                    "{\"port\": 0, \"graphite\": {\"address\": \"127.0.0.1:"
                            + carbon.getFirst().getLocalPort() + "\", \"interval\": 1000}}");
        }

        private void receive(ServerSocket server) {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    int next = client.getInputStream().read();
                    for (; next >= 0; next = client.getInputStream().read()) {
                        received.append((char) next);
                    }
                } catch (IOException e) {
                    // A connection that broke is followed by another one, until the server is closed.
                }
            }
        }

        @Override
        protected String output(SinkTestContext host) {
            return received.toString();
        }

        @AfterEach
        void closeCarbon() throws IOException {
            for (ServerSocket server : carbon) {
                server.close();
            }
        }
    }
}
