package io.interlock.app.readiness;

import io.interlock.app.topology.network.ServerEndpoint;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Single attempt to reach a container. */
final class ReadinessProbe {

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    private ReadinessProbe() {}

    /**
     * Returns whether the container meets the condition at an endpoint: it accepts a connection, or answers a GET of {@code /} with
     * any status.
     *
     * @param timeout limit for connecting, and again for the first bytes of an answer
     */
    static boolean succeeds(ProbeTarget target, ServerEndpoint endpoint, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.socket(), (int) timeout.toMillis());
            return switch (target.condition()) {
                case LISTENS -> true;
                case ANSWERS -> answers(socket, target.hostName(), timeout);
            };
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(Socket socket, String host, Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: " + host
                                + "\r\nUser-Agent: interlock-warm-up\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return Arrays.equals(socket.getInputStream().readNBytes(HTTP.length), HTTP);
    }
}
