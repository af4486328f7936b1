package io.interlock.testsupport.network;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Proxy in front of a {@link PebbleAcmeServer} that changes, delays or loses its answers. It shows Pebble's certificate
 * and passes the header {@code Host}, so that Pebble's URLs lead to the proxy.
 */
public final class AcmeFaultProxy implements AutoCloseable {

    private static final String PASSWORD = "changeit";
    private static final int BACKLOG = 50;

    private final SSLContext context;
    private final SSLServerSocket listener;
    private final int target;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile AcmeFault fault = (request, answer) -> answer;

    /** Fault of answers. */
    public interface AcmeFault {

        /**
         * The answer that the client gets.
         *
         * @param request method and path
         * @param answer the head and the body of Pebble's answer
         * @return the answer to send; empty: none, it is lost
         */
        String change(String request, String answer) throws IOException;
    }

    /** Creates a proxy in front of a Pebble whose files are in this folder. */
    public AcmeFaultProxy(Path folder, PebbleAcmeServer pebble) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("pebble.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("pebble", store.getCertificate("self"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        target = pebble.port();
        Thread.ofVirtual().name("acme-fault-proxy").start(this::acceptAll);
    }

    /** The address of the directory behind this proxy. */
    public String directory() {
        return "https://127.0.0.1:" + listener.getLocalPort() + "/dir";
    }

    /** Sets what happens to answers from now on. */
    public void set(AcmeFault next) {
        fault = next;
    }

    /** Answer that tells the client to come again later. */
    public static String overloaded(int seconds) {
        return "HTTP/1.1 503 Service Unavailable\r\nRetry-After: " + seconds + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** Changes the body of an answer, and leaves its head. */
    public static String withBody(String answer, UnaryOperator<String> change) {
        int end = answer.indexOf("\r\n\r\n");
        String body = change.apply(answer.substring(end + 4));
        String head = answer.substring(0, end).replaceFirst("(?i)\r\nContent-Length: [0-9]+", "");
        return head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /**
     * The number of requests whose method and path begin like this and that Pebble answered with this status. It
     * refuses some nonces at random, so that clients repeat requests.
     */
    public long count(String beginning, int status) {
        return requests.stream()
                .filter(request -> request.startsWith(beginning) && request.endsWith(" " + status))
                .count();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // The proxy was closed: the loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                SSLSocket pebble =
                        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), target)) {
            String request = read(new BufferedInputStream(client.getInputStream()));
            String what = request.substring(0, Math.max(0, request.indexOf(" HTTP/")));
            pebble.getOutputStream()
                    .write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = read(new BufferedInputStream(pebble.getInputStream()));
            requests.add(what + " " + answer.replaceFirst("(?s)^HTTP/1.[01] ([0-9]{3}).*$", "$1"));
            String changed = fault.change(what, answer);
            if (!changed.isEmpty()) {
                client.getOutputStream()
                        .write(changed.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // One side has gone: the other notices.
        }
    }

    /** Reads a message with its body, whose length its head names. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            all.write(next);
            head = next == '\n' ? all.toString(StandardCharsets.ISO_8859_1) : head;
        }
        String lengths = head.toLowerCase(Locale.ROOT).replaceAll("(?s)^.*\r\ncontent-length: *([0-9]+).*$", "$1");
        boolean isKnown = lengths.matches("[0-9]+");
        boolean hasNoBody = head.startsWith("HEAD") || head.startsWith("GET") || head.contains(" 204 ");
        byte[] body = isKnown
                ? in.readNBytes(Integer.parseInt(lengths))
                : hasNoBody || !head.startsWith("HTTP") ? new byte[0] : in.readAllBytes();
        return head + new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
