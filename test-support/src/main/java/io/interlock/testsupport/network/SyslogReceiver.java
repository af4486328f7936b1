package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Server that keeps the log lines that it receives. */
public final class SyslogReceiver implements AutoCloseable {

    private static final int BUFFER_BYTES = 4 << 20;

    private final DatagramSocket socket;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /** Listens on a free port of this host. */
    public SyslogReceiver() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(BUFFER_BYTES);
        Thread.ofPlatform().daemon().start(this::receive);
    }

    /** Returns the address for {@code syslog_addr}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Returns the lines so far that contain this text. */
    public List<String> linesWith(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** Returns the lines so far in which this pattern is found. */
    public List<String> linesWith(Pattern pattern) {
        return lines.stream().filter(line -> pattern.matcher(line).find()).toList();
    }

    private void receive() {
        byte[] buffer = new byte[1 << 16];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                lines.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8).strip());
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
