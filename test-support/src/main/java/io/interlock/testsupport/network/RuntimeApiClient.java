package io.interlock.testsupport.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Client that sends commands to HAProxy's Runtime API, as an operator would. */
public final class RuntimeApiClient {

    private static final Pattern MASTER = Pattern.compile("\\d+\\s+master\\s+(\\d+)");

    private RuntimeApiClient() {}

    /** Returns the answer to a command. */
    public static String ask(Path socket, String command) throws IOException {
        try (SocketChannel channel = connect(socket, command)) {
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Returns how often the master was reloaded. Reads only as much as necessary, because the master does not always
     * close the connection.
     *
     * @param socket the master's socket
     */
    public static int reloads(Path socket) throws IOException {
        try (SocketChannel channel = connect(socket, "show proc")) {
            BufferedReader answer = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII));
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                Matcher master = MASTER.matcher(line);
                if (master.lookingAt()) {
                    return Integer.parseInt(master.group(1));
                }
            }
            throw new IOException("the master said nothing of itself");
        }
    }

    private static SocketChannel connect(Path socket, String command) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
