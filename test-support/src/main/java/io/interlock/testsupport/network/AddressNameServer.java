package io.interlock.testsupport.network;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Name server of addresses and aliases that can be changed. Answers by UDP. */
public final class AddressNameServer implements AutoCloseable {

    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;
    private static final int LARGEST = 65_535;

    private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> questions = new ConcurrentHashMap<>();
    private final DatagramSocket socket;
    private volatile int ttl;
    private volatile int code;
    private volatile @Nullable Exception failure;

    /**
     * Starts a server.
     *
     * @param ttl how long its answers may be kept, in seconds
     */
    public AddressNameServer(int ttl) throws IOException {
        this.ttl = ttl;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::run);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** Lets a name have these addresses and no others. */
    public void name(String name, String... its) throws IOException {
        InetAddress[] parsed = new InetAddress[its.length];
        for (int i = 0; i < its.length; i++) {
            parsed[i] = InetAddress.getByName(its[i]);
        }
        addresses.put(name, List.of(parsed));
    }

    /** Lets a name lead to another one. */
    public void alias(String name, String target) {
        aliases.put(name, target);
    }

    /** Changes how long its answers may be kept, in seconds. */
    public void ttl(int seconds) {
        ttl = seconds;
    }

    /** Answers everything with this code; 0: as it should. */
    public void failsWith(int responseCode) {
        code = responseCode;
    }

    /** Returns why it did not answer a question; null if it answered all. */
    public @Nullable Exception failure() {
        return failure;
    }

    /** Returns how often it was asked for a name. */
    public int questions(String name) {
        return questions.getOrDefault(name, new AtomicInteger()).get();
    }

    private void run() {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                return;
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }
    }

    private byte[] answer(ByteBuffer question) throws IOException {
        int id = question.getShort(0);
        StringBuilder text = new StringBuilder();
        question.position(12);
        for (int length = question.get(); length > 0; length = question.get()) {
            byte[] label = new byte[length];
            question.get(label);
            text.append(text.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = question.getShort();
        String name = text.toString();
        questions.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(records);
        int count = 0;
        String target = name;
        if (code == 0 && aliases.containsKey(name)) {
            target = aliases.get(name);
            record(out, name, CNAME, encoded(target));
            count++;
        }
        for (InetAddress address : code == 0 ? addresses.getOrDefault(target, List.of()) : List.<InetAddress>of()) {
            byte[] bytes = address.getAddress();
            if (type == (bytes.length == 4 ? A : AAAA)) {
                record(out, target, type, bytes);
                count++;
            }
        }
        boolean isKnown = addresses.containsKey(target);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(message);
        head.writeShort(id);
        head.writeShort(0x8180 | (code != 0 ? code : isKnown ? 0 : 3));
        head.writeShort(1);
        head.writeShort(count);
        head.writeInt(0);
        head.write(encoded(name));
        head.writeShort(type);
        head.writeShort(1);
        head.write(records.toByteArray());
        return message.toByteArray();
    }

    private void record(DataOutputStream out, String name, int type, byte[] data) throws IOException {
        out.write(encoded(name));
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(ttl);
        out.writeShort(data.length);
        out.write(data);
    }

    private static byte[] encoded(String name) throws IOException {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            labels.write(label.length());
            labels.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        labels.write(0);
        return labels.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
