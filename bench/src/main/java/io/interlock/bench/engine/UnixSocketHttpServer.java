package io.interlock.bench.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP/1.1 server on a Unix socket, as far as an engine that only gets GET requests needs it. Each connection has a
 * virtual thread.
 */
final class UnixSocketHttpServer implements AutoCloseable {

    private final Path socket;
    private final ServerSocketChannel listener;
    private final Handler handler;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private UnixSocketHttpServer(Path socket, ServerSocketChannel listener, Handler handler) {
        this.socket = socket;
        this.listener = listener;
        this.handler = handler;
    }

    /**
     * Request of a client.
     *
     * @param path without the query
     * @param query its parameters, decoded
     */
    record Request(String path, Map<String, String> query) {
        String parameter(String name) {
            return query.getOrDefault(name, "");
        }
    }

    /** Answers requests. Calls either method of the answer once for each request. */
    interface Handler {
        void handle(Request request, Answer answer) throws IOException, InterruptedException;
    }

    static UnixSocketHttpServer listen(Path socket, Handler handler) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket), 1024);
        UnixSocketHttpServer server = new UnixSocketHttpServer(socket, listener, handler);
        Thread.ofVirtual().name("engine").start(server::acceptAll);
        return server;
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The server was closed.
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(client));
            Answer answer = new Answer(Channels.newOutputStream(client));
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                skipHeaders(in);
                handler.handle(request(line), answer);
            }
        } catch (IOException gone) {
            // The client is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void skipHeaders(InputStream in) throws IOException {
        while (!line(in).isEmpty()) {
            // The headers do not matter.
        }
    }

    private static Request request(String line) throws IOException {
        String[] words = line.split(" ");
        if (words.length < 2 || !words[0].equals("GET")) {
            throw new IOException("not a GET request: " + line);
        }
        int mark = words[1].indexOf('?');
        String path = mark < 0 ? words[1] : words[1].substring(0, mark);
        Map<String, String> query = new HashMap<>();
        for (String parameter :
                mark < 0 ? new String[0] : words[1].substring(mark + 1).split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.put(
                        parameter.substring(0, equals),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new Request(path, query);
    }

    /** Reads a line; empty also at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Target of an answer. */
    static final class Answer {
        private final OutputStream out;

        private Answer(OutputStream out) {
            this.out = out;
        }

        /** Sends a complete answer; the connection stays open. */
        void send(int status, String type, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            byte[] head = head(status, type, "Content-Length: " + bytes.length);
            ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + bytes.length);
            all.writeBytes(head);
            all.writeBytes(bytes);
            out.write(all.toByteArray());
        }

        /** Sends the head of an answer whose parts follow. */
        void begin(String type) throws IOException {
            out.write(head(200, type, "Transfer-Encoding: chunked"));
        }

        /** Sends a part of an answer that was begun. */
        void part(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            String size = Integer.toHexString(bytes.length) + "\r\n";
            out.write((size + text + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        private static byte[] head(int status, String type, String length) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
            return ("HTTP/1.1 " + status + (status == 200 ? " OK" : " Not Found") + "\r\n"
                            + "Api-Version: 1.41\r\nContent-Type: " + type + "\r\nDocker-Experimental: false\r\n"
                            + "Ostype: linux\r\nServer: Docker/20.10.24 (linux)\r\nDate: " + date + "\r\n" + length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel client : open) {
            client.close();
        }
        Files.deleteIfExists(socket);
    }
}
