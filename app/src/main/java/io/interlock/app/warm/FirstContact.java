package io.interlock.app.warm;

import io.interlock.app.topology.WarmUp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** One attempt to hear of a container. */
final class FirstContact {

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    private FirstContact() {}

    /**
     * Whether it does what it is waited for: accepts a connection, or answers a GET of {@code /} with any status.
     *
     * @param timeout for connecting, and again for the first bytes of an answer
     */
    static boolean isMade(WarmUp wanted, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(wanted.address(), wanted.port()), (int) timeout.toMillis());
            return switch (wanted.until()) {
                case LISTENING -> true;
                case ANSWERING -> answers(socket, wanted.hostName(), timeout);
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
