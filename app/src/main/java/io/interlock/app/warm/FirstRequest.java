package io.interlock.app.warm;

import io.interlock.app.topology.WarmUp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** One GET of {@code /} to a container. Any HTTP status is an answer. */
final class FirstRequest {

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    private FirstRequest() {}

    /**
     * Whether the container answered.
     *
     * @param timeout for connecting, and again for the first bytes of the answer
     */
    static boolean isAnswered(WarmUp warmUp, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(warmUp.address(), warmUp.port()), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + warmUp.hostName()
                                    + "\r\nUser-Agent: interlock-warm-up\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return Arrays.equals(socket.getInputStream().readNBytes(HTTP.length), HTTP);
        } catch (IOException e) {
            return false;
        }
    }
}
