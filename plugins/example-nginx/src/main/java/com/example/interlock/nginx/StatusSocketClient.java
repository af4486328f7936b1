package com.example.interlock.nginx;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Client of a listener of nginx that only this plugin uses: a socket in its folder. Blocks until nginx answers. A
 * caller that must not wait forever interrupts the thread, as the plugin host does when a call takes too long.
 *
 * @param socket its path
 */
record StatusSocketClient(Path socket) {

    private static final int MOST = 16_384;

    /**
     * Reads the resource at a path.
     *
     * @throws IOException if nginx does not answer, or does not answer with status 200
     */
    String get(String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = "GET " + path + " HTTP/1.0\r\nHost: status\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            String answer =
                    new String(Channels.newInputStream(channel).readNBytes(MOST), StandardCharsets.UTF_8);
            int body = answer.indexOf("\r\n\r\n");
            if (!answer.startsWith("HTTP/1.1 200 ") || body < 0) {
                throw new IOException("nginx answers " + answer.lines().findFirst().orElse("nothing"));
            }
            return answer.substring(body + 4);
        }
    }
}
