package io.interlock.bench.attack;

import io.interlock.testsupport.network.SocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Engine whose answers have no end, are cut, refer elsewhere, are compressed or nested, or are none. */
final class HostileEngine implements AutoCloseable {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int MOST_PARTS = 200_000;

    /** What is sent once, and then again and again. */
    private record HostileAnswer(String start, String part) {}

    private static final List<HostileAnswer> ANSWERS = List.of(
            new HostileAnswer(OK + "\r\n", " ".repeat(1_000)),
            new HostileAnswer(OK, "X-Header: value\r\n"),
            new HostileAnswer(OK + "X: ", "x".repeat(1_000)),
            new HostileAnswer("", "HTTP/1.1 100 Continue\r\n\r\n"),
            new HostileAnswer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", ""),
            new HostileAnswer(OK + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", ""),
            new HostileAnswer(OK + "\r\n[{\"Id\":\"a\"}", ",{\"Id\":\"a\"}"),
            new HostileAnswer(OK + "\r\n", "[".repeat(1_000)),
            new HostileAnswer(OK + "\r\n{\"x\":\"", "x".repeat(1_000)),
            new HostileAnswer(OK + "Content-Length: 100\r\n\r\n[", ""),
            new HostileAnswer("garbage\r\n\r\n", ""));

    private final SocketServer server;
    private final AtomicInteger next = new AtomicInteger();

    HostileEngine() throws IOException {
        server = new SocketServer(this::serve);
    }

    String address() {
        return "tcp://127.0.0.1:" + server.port();
    }

    private void serve(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        byte[] request = new byte[4_096];
        if (in.read(request) < 0) {
            return;
        }
        HostileAnswer answer = ANSWERS.get(Math.floorMod(next.getAndIncrement(), ANSWERS.size()));
        OutputStream out = connection.getOutputStream();
        out.write(answer.start().getBytes(StandardCharsets.US_ASCII));
        byte[] part = answer.part().getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < MOST_PARTS && part.length > 0; i++) {
            out.write(part);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
