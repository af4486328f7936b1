package io.interlock.app.docker;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.testsupport.network.SocketServer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Engine over TCP with containers in memory. A script may answer instead, with any bytes. */
public final class ScriptedEngine implements AutoCloseable {

    private static final byte[] FILLING = "x".repeat(64_000).getBytes(StandardCharsets.US_ASCII);

    /** Number of requests so far. */
    public final AtomicInteger requests = new AtomicInteger();

    /** Number of open connections. */
    public final AtomicInteger connections = new AtomicInteger();

    private final Map<String, Container> containers = new ConcurrentSkipListMap<>();
    private final List<OutputStream> subscribers = new CopyOnWriteArrayList<>();
    private final SocketServer server;
    private volatile Script script = (path, out) -> Reply.USUAL;

    /** What follows after the call of a script. */
    public enum Reply {
        /** The usual answer. */
        USUAL,
        /** The next request. */
        SENT,
        /** The end of the connection. */
        CLOSE,
        /** Nothing, until the client closes the connection. */
        SILENCE
    }

    /** Answers requests in place of the engine. */
    public interface Script {
        Reply answer(String path, OutputStream out) throws IOException;
    }

    /**
     * Container.
     *
     * @param host its host name
     * @param labels its labels, as JSON without braces
     * @param filling labels in addition, each with as many characters as the value says
     * @param ports its published ports, as JSON
     */
    public record Container(String host, String labels, Map<String, Integer> filling, String ports) {

        /** A container with a label of Interlock. */
        public static Container named(String host) {
            return new Container(host, "\"interlock.port\":\"80\"", Map.of(), "{}");
        }

        Container with(Map<String, Integer> large) {
            return new Container(host, labels, large, ports);
        }
    }

    public ScriptedEngine() throws IOException {
        server = new SocketServer(this::serve);
    }

    /** Answers as the script says from now on. */
    public void follow(Script instead) {
        script = instead;
    }

    public int port() {
        return server.port();
    }

    EngineConfig config(String id) {
        return new EngineConfig(
                id,
                URI.create("tcp://127.0.0.1:" + port()),
                1,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Mode.CONTAINERS,
                List.of());
    }

    /** Returns an id that belongs to a number. */
    static String id(int number) {
        return "%064x".formatted(number);
    }

    void run(int number, Container container) {
        containers.put(id(number), container);
        emit("start", number, container);
    }

    void end(int number) {
        Container container = containers.remove(id(number));
        if (container != null) {
            emit("die", number, container);
        }
    }

    private void emit(String action, int number, Container container) {
        subscribers.removeIf(out -> {
            try {
                event(out, action, number, container);
                return false;
            } catch (IOException gone) {
                return true;
            }
        });
    }

    private static void event(OutputStream out, String action, int number, Container container) throws IOException {
        Instant now = Instant.now();
        text(
                out,
                "{\"Type\":\"container\",\"Action\":\"%s\",\"time\":%d,\"timeNano\":%d%09d,\"Actor\":{\"ID\":\"%s\",\"Attributes\":"
                        .formatted(action, now.getEpochSecond(), now.getEpochSecond(), now.getNano(), id(number)));
        labels(out, container);
        text(out, "}}\n");
        out.flush();
    }

    private void serve(Socket connection) throws IOException {
        connections.incrementAndGet();
        try {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), FILLING.length);
            for (String path = request(in); !path.isEmpty(); path = request(in)) {
                requests.incrementAndGet();
                Reply reply = script.answer(path, out);
                if (reply == Reply.USUAL) {
                    reply = answer(path, out);
                }
                out.flush();
                if (reply == Reply.CLOSE) {
                    return;
                }
                if (reply == Reply.SILENCE) {
                    // The end of the client's requests.
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
            }
        } finally {
            connections.decrementAndGet();
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString().split(" ")[1].replaceFirst("\\?.*", "");
            }
        }
        return "";
    }

    /** Sends the usual answer. */
    Reply answer(String path, OutputStream out) throws IOException {
        return switch (path) {
            case "/_ping" -> json(out, "OK");
            case "/info" -> json(out, "{\"Name\":\"box\",\"Swarm\":{}}");
            case "/networks" -> json(out, "[]");
            case "/containers/json" -> list(out);
            case "/events" -> {
                untilClose(out);
                // Whoever has the answer gets every event from then on.
                subscribers.add(out);
                out.flush();
                yield Reply.SILENCE;
            }
            default -> inspect(path.replace("/containers/", "").replace("/json", ""), out);
        };
    }

    private Reply list(OutputStream out) throws IOException {
        untilClose(out);
        String separator = "[";
        for (Map.Entry<String, Container> container : containers.entrySet()) {
            text(out, separator + "{\"Id\":\"" + container.getKey() + "\",\"Labels\":");
            labels(out, container.getValue());
            text(out, "}");
            separator = ",";
        }
        text(out, containers.isEmpty() ? "[]" : "]");
        return Reply.CLOSE;
    }

    private Reply inspect(String id, OutputStream out) throws IOException {
        Container container = containers.get(id);
        if (container == null) {
            text(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");
            return Reply.SENT;
        }
        untilClose(out);
        text(out, """
                {"Id":"%s","Created":"2026-11-22T12:00:00Z","Name":"/%s","State":{"Running":true,"StartedAt":"2026-11-22T12:00:00Z"},
                 "Config":{"Hostname":"%s","Labels":""".formatted(id, container.host(), container.host()));
        labels(out, container);
        text(out, """
                },"NetworkSettings":{"Ports":%s,"Networks":{"bridge":{"NetworkID":"n","IPAddress":"127.0.0.9"}}}}""".formatted(container.ports()));
        return Reply.CLOSE;
    }

    private static void labels(OutputStream out, Container container) throws IOException {
        text(out, "{" + container.labels());
        for (Map.Entry<String, Integer> label : container.filling().entrySet()) {
            text(out, ",\"" + label.getKey() + "\":\"");
            for (int left = label.getValue(); left > 0; left -= FILLING.length) {
                out.write(FILLING, 0, Math.min(left, FILLING.length));
            }
            text(out, "\"");
        }
        text(out, "}");
    }

    private static void untilClose(OutputStream out) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
    }

    static Reply json(OutputStream out, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n\r\n");
        out.write(bytes);
        return Reply.SENT;
    }

    static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
