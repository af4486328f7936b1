package io.interlock.testsupport.distribution;

import io.interlock.testsupport.process.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HAProxy's master process, asked over the socket that it has in Interlock's data folder. */
final class ProxyMaster {

    private static final Pattern MASTER = Pattern.compile("\\d+\\s+master\\s+(\\d+)");

    private final Path socket;

    private ProxyMaster(Path socket) {
        this.socket = socket;
    }

    static ProxyMaster of(Settings settings) throws IOException {
        return new ProxyMaster(Folders.find(settings.folder().resolve("data"), "master.sock"));
    }

    /** Reads no further than it must: the master does not always close the connection. */
    int reloads() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Channels.newOutputStream(channel).write("show proc\n".getBytes(StandardCharsets.US_ASCII));
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
}
