package io.interlock.app.dns.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes questions to name servers, and reads their answers, which are untrusted. Pure. */
final class DnsMessageCodec {

    private static final int HEADER = 12;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int CODE = 0x000f;
    private static final int INTERNET = 1;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;
    private static final int POINTER = 0xc0;
    private static final int MOST_POINTERS = 64;
    private static final int MOST_RECORDS = 1_000;

    private DnsMessageCodec() {}

    /**
     * A question.
     *
     * @param name without a dot at its end
     */
    static byte[] question(int id, String name, DnsRecordType type, boolean isRecursive) throws IOException {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length == 0 || bytes.length > LONGEST_LABEL) {
                throw new ProtocolException(name + " is no name for the DNS");
            }
            labels.write(bytes.length);
            labels.write(bytes);
        }
        labels.write(0);
        if (labels.size() > LONGEST_NAME) {
            throw new ProtocolException(name + " is too long for the DNS");
        }
        ByteBuffer message = ByteBuffer.allocate(HEADER + labels.size() + 4);
        message.putShort((short) id)
                .putShort((short) (isRecursive ? RECURSION_DESIRED : 0))
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .put(labels.toByteArray())
                .putShort((short) type.number())
                .putShort((short) INTERNET);
        return message.array();
    }

    /**
     * Reads the answer to a question.
     *
     * @return empty if it is an answer to something else
     * @throws ProtocolException if it is damaged
     */
    static Optional<DnsAnswer> answer(ByteBuffer message, byte[] question) throws ProtocolException {
        try {
            if (message.remaining() < HEADER
                    || message.getShort(0) != ByteBuffer.wrap(question).getShort(0)) {
                return Optional.empty();
            }
            int flags = message.getShort(2) & 0xffff;
            int questions = message.getShort(4) & 0xffff;
            int answers = message.getShort(6) & 0xffff;
            int authorities = message.getShort(8) & 0xffff;
            if ((flags & RESPONSE) == 0 || questions > 1) {
                return Optional.empty();
            }
            message.position(HEADER);
            if (questions == 1 && !isAbout(message, question)) {
                return Optional.empty();
            }
            boolean isTruncated = (flags & TRUNCATED) != 0;
            return Optional.of(
                    isTruncated
                            ? new DnsAnswer(flags & CODE, true, List.of(), List.of())
                            : new DnsAnswer(
                                    flags & CODE, false, entries(message, answers), entries(message, authorities)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static boolean isAbout(ByteBuffer message, byte[] question) throws ProtocolException {
        ByteBuffer asked = ByteBuffer.wrap(question).position(HEADER);
        return name(message).equals(name(asked)) && message.getInt() == asked.getInt();
    }

    private static List<DnsAnswer.Entry> entries(ByteBuffer message, int count) throws ProtocolException {
        if (count > MOST_RECORDS) {
            throw damaged();
        }
        List<DnsAnswer.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = name(message);
            Optional<DnsRecordType> type = DnsRecordType.of(message.getShort() & 0xffff);
            int space = message.getShort() & 0xffff;
            // RFC 2181, 8: a value with the highest bit counts as 0.
            long ttl = Math.max(0, message.getInt());
            int length = message.getShort() & 0xffff;
            int end = message.position() + length;
            if (type.isPresent() && space == INTERNET) {
                entries.add(new DnsAnswer.Entry(name, type.get(), ttl, data(message, type.get(), length)));
            }
            message.position(end);
        }
        return entries;
    }

    private static String data(ByteBuffer message, DnsRecordType type, int length) throws ProtocolException {
        return switch (type) {
            case NS, CNAME, SOA -> name(message);
            case TXT -> text(message, length);
            case A, AAAA -> address(message, length);
        };
    }

    private static String address(ByteBuffer message, int length) throws ProtocolException {
        byte[] bytes = new byte[length];
        message.get(bytes);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (IOException e) {
            throw damaged();
        }
    }

    /** The strings of a TXT record, joined. */
    private static String text(ByteBuffer message, int length) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int end = message.position() + length;
        while (message.position() < end) {
            byte[] part = new byte[message.get() & 0xff];
            message.get(part);
            text.writeBytes(part);
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    /** A name at the current position, which may continue elsewhere; every pointer leads backwards. */
    private static String name(ByteBuffer message) throws ProtocolException {
        StringBuilder name = new StringBuilder();
        int after = -1;
        int pointers = 0;
        while (true) {
            int length = message.get() & 0xff;
            if ((length & POINTER) == POINTER) {
                int target = ((length & ~POINTER) << 8) | (message.get() & 0xff);
                after = after < 0 ? message.position() : after;
                if (++pointers > MOST_POINTERS || target >= message.position() - 2) {
                    throw damaged();
                }
                message.position(target);
            } else if (length > LONGEST_LABEL || name.length() > LONGEST_NAME) {
                throw damaged();
            } else if (length == 0) {
                break;
            } else {
                byte[] label = new byte[length];
                message.get(label);
                name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
            }
        }
        if (after >= 0) {
            message.position(after);
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static ProtocolException damaged() {
        return new ProtocolException("the answer of a name server is damaged");
    }
}
