package io.interlock.app.dns.message;

import io.interlock.util.ErrorMessages;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks name servers, by UDP and, if the answer does not fit, by TCP. Safe for all threads. */
public final class DnsClient {

    private static final int TRIES = 2;
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int IDS = 65_536;

    private final SecureRandom random = new SecureRandom();
    private final Duration limit;

    /**
     * @param limit how long to wait for each answer
     */
    public DnsClient(Duration limit) {
        this.limit = limit;
    }

    /**
     * Asks one server after the other until one gives a usable answer.
     *
     * @param name without a dot at its end
     * @throws IOException if none does; the message says why
     */
    public DnsAnswer ask(List<InetSocketAddress> servers, String name, DnsRecordType type)
            throws IOException, InterruptedException {
        IOException last = new IOException("no name server is known");
        for (InetSocketAddress server : servers) {
            try {
                DnsAnswer answer = ask(server, name, type, true);
                if (answer.isUsable()) {
                    return answer;
                }
                last = new IOException("name server " + text(server) + " answers the question for " + type + " of "
                        + name + " with error " + answer.code());
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /**
     * Asks one server.
     *
     * @param isRecursive whether the server may ask others
     */
    public DnsAnswer ask(InetSocketAddress server, String name, DnsRecordType type, boolean isRecursive)
            throws IOException, InterruptedException {
        byte[] question = DnsMessageCodec.question(random.nextInt(IDS), name, type, isRecursive);
        IOException last = new SocketTimeoutException();
        for (int tries = 0; tries < TRIES; tries++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                DnsAnswer answer = byDatagram(server, question);
                return answer.isTruncated() ? byStream(server, question) : answer;
            } catch (SocketTimeoutException e) {
                last = e;
            } catch (IOException e) {
                last = e;
                break;
            }
        }
        throw new IOException(
                "name server " + text(server)
                        + (last instanceof SocketTimeoutException
                                ? " does not answer"
                                : " cannot be asked: " + ErrorMessages.reason(last)),
                last);
    }

    private DnsAnswer byDatagram(InetSocketAddress server, byte[] question) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(question, question.length));
            long began = System.nanoTime();
            byte[] buffer = new byte[LARGEST_DATAGRAM];
            while (true) {
                long left = limit.minusNanos(System.nanoTime() - began).toMillis();
                if (left <= 0) {
                    throw new SocketTimeoutException();
                }
                socket.setSoTimeout((int) left);
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Optional<DnsAnswer> answer =
                        DnsMessageCodec.answer(ByteBuffer.wrap(buffer, 0, packet.getLength()), question);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        }
    }

    private DnsAnswer byStream(InetSocketAddress server, byte[] question) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            ByteBuffer sized = ByteBuffer.allocate(question.length + 2)
                    .putShort((short) question.length)
                    .put(question);
            socket.getOutputStream().write(sized.array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            return DnsMessageCodec.answer(ByteBuffer.wrap(message), question)
                    .orElseThrow(() -> new IOException("it answers another question"));
        }
    }

    private static String text(InetSocketAddress server) {
        String address = server.getHostString();
        return address.contains(":") ? "[" + address + "]:" + server.getPort() : address + ":" + server.getPort();
    }
}
