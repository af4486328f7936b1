package io.interlock.app.dns;

import io.interlock.api.dns.ChallengeRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Name server of a few zones, whose TXT records can be changed as by DNS providers. Answers by UDP. */
public final class InMemoryNameServer implements DnsRecordEditor, AutoCloseable {

    private static final int SOA = 6;
    private static final int CNAME = 5;
    private static final int TXT = 16;
    private static final int NO_SUCH_NAME = 3;

    /** What was done, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    private final List<String> zones;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;

    private volatile boolean isShowing = true;
    private volatile boolean isRefusing;
    private volatile UnaryOperator<byte[]> damage = UnaryOperator.identity();

    private record Entry(String name, int type, String data) {}

    /** Starts a server of these zones. */
    public InMemoryNameServer(String... zones) throws IOException {
        this.zones = List.of(zones);
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::run);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** Adds an alias. */
    public void alias(String name, String target) {
        entries.add(new Entry(name, CNAME, target));
    }

    /** Shows TXT records, or keeps them to itself. */
    public void shows(boolean now) {
        isShowing = now;
    }

    /** Refuses all changes from now on, or no longer. */
    public void refuses(boolean now) {
        isRefusing = now;
    }

    /** Changes every answer before it is sent. */
    public void damages(UnaryOperator<byte[]> with) {
        damage = with;
    }

    /** The values of a TXT record. */
    public List<String> values(String name) {
        return entries.stream()
                .filter(entry -> entry.type() == TXT && entry.name().equals(name))
                .map(Entry::data)
                .toList();
    }

    @Override
    public void present(String provider, ChallengeRecord record) throws DnsChallengeException {
        change(provider, "present", record);
        Entry entry = new Entry(record.name(), TXT, record.value());
        if (!entries.contains(entry)) {
            entries.add(entry);
        }
    }

    @Override
    public void cleanUp(String provider, ChallengeRecord record) throws DnsChallengeException {
        change(provider, "cleanUp", record);
        entries.remove(new Entry(record.name(), TXT, record.value()));
    }

    private void change(String provider, String action, ChallengeRecord record) throws DnsChallengeException {
        calls.add(provider + " " + action + " " + record.name() + " in " + record.zone());
        if (isRefusing) {
            throw new DnsChallengeException("the provider refuses it", "ask the provider");
        }
    }

    private void run() {
        byte[] buffer = new byte[1_000];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = damage.apply(answer(ByteBuffer.wrap(buffer, 0, packet.getLength())));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // It is closed, or the client has gone.
            }
        }
    }

    private byte[] answer(ByteBuffer question) throws IOException {
        int id = question.getShort(0);
        question.position(12);
        StringBuilder labels = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            byte[] label = new byte[length];
            question.get(label);
            labels.append(labels.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        String name = labels.toString().toLowerCase(Locale.ROOT);
        int type = question.getShort();
        List<Entry> found = new ArrayList<>();
        entries.stream()
                .filter(entry -> entry.name().equals(name))
                .filter(entry -> entry.type() == type || entry.type() == CNAME)
                .filter(entry -> entry.type() != TXT || isShowing)
                .forEach(found::add);
        List<Entry> authority = new ArrayList<>();
        String zone = zones.stream()
                .filter(each -> name.equals(each) || name.endsWith("." + each))
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .orElse("");
        if (type == SOA && name.equals(zone)) {
            found.add(new Entry(zone, SOA, "ns." + zone));
        } else if (found.isEmpty() && !zone.isEmpty()) {
            authority.add(new Entry(zone, SOA, "ns." + zone));
        }
        boolean isThere = entries.stream().anyMatch(entry -> entry.name().equals(name)) || name.equals(zone);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(0x8400 | (zone.isEmpty() ? 5 : isThere ? 0 : NO_SUCH_NAME));
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeShort(authority.size());
        out.writeShort(0);
        out.write(name(name));
        out.writeShort(type);
        out.writeShort(1);
        for (Entry entry : found) {
            write(out, entry);
        }
        for (Entry entry : authority) {
            write(out, entry);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        out.write(name(entry.name()));
        out.writeShort(entry.type());
        out.writeShort(1);
        out.writeInt(60);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        if (entry.type() == TXT) {
            data.write(entry.data().length());
            data.writeBytes(entry.data().getBytes(StandardCharsets.US_ASCII));
        } else {
            data.writeBytes(name(entry.data()));
        }
        if (entry.type() == SOA) {
            data.writeBytes(name("admin." + entry.name()));
            data.writeBytes(new byte[20]);
        }
        out.writeShort(data.size());
        out.write(data.toByteArray());
    }

    private static byte[] name(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
