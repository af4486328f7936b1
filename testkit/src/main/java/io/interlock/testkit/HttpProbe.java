package io.interlock.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a load balancer, with a connection for each request. */
final class HttpProbe {

    private static final int PATIENCE_MILLIS = 10_000;

    private final int port;

    HttpProbe(int port) {
        this.port = port;
    }

    /** A status and a body. */
    record Answer(int status, String body) {}

    /**
     * @throws IOException if nothing, or no HTTP, comes back
     */
    Answer get(String host, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int body = text.indexOf("\r\n\r\n");
            if (!text.matches("(?s)HTTP/1\\.[01] \\d{3} .*") || body < 0) {
                throw new IOException("not an answer of HTTP: " + text);
            }
            return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(body + 4));
        }
    }

    /** Who answers; empty if the answer is not 200. */
    String whoAnswers(String host, String path) throws IOException {
        Answer answer = get(host, path);
        return answer.status() == 200 ? answer.body() : "";
    }
}
