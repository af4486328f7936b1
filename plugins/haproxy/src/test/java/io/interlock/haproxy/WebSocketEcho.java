package io.interlock.haproxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** A server of WebSockets (RFC 6455) that sends each short text back. */
final class WebSocketEcho implements AutoCloseable {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int LENGTH = 0x7f;
    private static final int MASK = 4;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    WebSocketEcho() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The end of the test.
        }
    }

    @SuppressWarnings("deprecation") // readLine: headers are ASCII
    private static void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String key = "";
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (in.readUnsignedByte() == TEXT) {
                int length = in.readUnsignedByte() & LENGTH;
                byte[] mask = in.readNBytes(MASK);
                byte[] text = in.readNBytes(length);
                for (int i = 0; i < length; i++) {
                    text[i] ^= mask[i % MASK];
                }
                byte[] answer = ("echo " + new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                socket.getOutputStream().write(new byte[] {(byte) TEXT, (byte) answer.length});
                socket.getOutputStream().write(answer);
            }
        } catch (IOException | NoSuchAlgorithmException e) {
            // The client has gone.
        }
    }

    private static String accepted(String key) throws NoSuchAlgorithmException {
        return Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
