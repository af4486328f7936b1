package io.interlock.testsupport.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Servers of WebSockets (RFC 6455) that send back what they receive. */
public final class WebSocketServer {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int LENGTH = 0x7f;
    private static final int MASK = 4;

    private WebSocketServer() {}

    /** Sends each short text back, after {@code echo }. */
    public static SocketServer ofTexts() throws IOException {
        return new SocketServer(connection -> {
            DataInputStream in = upgrade(connection);
            while (in.readUnsignedByte() == TEXT) {
                int length = in.readUnsignedByte() & LENGTH;
                byte[] mask = in.readNBytes(MASK);
                byte[] text = in.readNBytes(length);
                for (int i = 0; i < length; i++) {
                    text[i] ^= mask[i % MASK];
                }
                byte[] answer = ("echo " + new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                connection.getOutputStream().write(new byte[] {(byte) TEXT, (byte) answer.length});
                connection.getOutputStream().write(answer);
            }
        });
    }

    /** Sends every line back unchanged and without frames, after the upgrade to a WebSocket. */
    public static SocketServer ofLines() throws IOException {
        return new SocketServer(connection -> {
            DataInputStream in = upgrade(connection);
            for (String line = line(in); line != null; line = line(in)) {
                connection.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    private static DataInputStream upgrade(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        String key = "";
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        connection
                .getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return in;
    }

    @SuppressWarnings("deprecation") // readLine: headers and lines are ASCII
    private static @Nullable String line(DataInputStream in) throws IOException {
        return in.readLine();
    }

    private static String accept(String key) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
