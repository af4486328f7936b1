package io.interlock.systemtests.support;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** HAProxy's master process, asked over the socket that it has in Interlock's data folder. */
final class ProxyMaster {

    private static final Pattern MASTER = Pattern.compile("(?m)^\\d+\\s+master\\s+(\\d+)");

    private final Path socket;

    private ProxyMaster(Path socket) {
        this.socket = socket;
    }

    static ProxyMaster of(Settings settings) throws IOException {
        try (Stream<Path> files = Files.walk(settings.folder().resolve("data"))) {
            return new ProxyMaster(files.filter(file -> file.endsWith("master.sock"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no master.sock in " + settings.folder())));
        }
    }

    int reloads() throws IOException {
        String answer = ask("show proc");
        Matcher master = MASTER.matcher(answer);
        if (!master.find()) {
            throw new IOException("no line of the master in: " + answer);
        }
        return Integer.parseInt(master.group(1));
    }

    private String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Channels.newOutputStream(channel).write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
