package io.interlock.haproxy;

import static io.interlock.testkit.Patience.await;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Clients that shake hands for one name all the time, each on a new connection, and count exactly. */
final class Handshakes implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int TIMEOUT_MS = 20_000;

    private final int port;
    private final String name;
    private final SSLContext context;
    private final AtomicInteger done = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Set<String> serials = new ConcurrentSkipListSet<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    Handshakes(int port, String name) throws GeneralSecurityException {
        this.port = port;
        this.name = name;
        this.context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsEveryone()}, null);
        for (int i = 0; i < CLIENTS; i++) {
            executor.execute(this::run);
        }
    }

    /** What did not go well, for people. */
    List<String> failures() {
        return failures;
    }

    /** The serial numbers of all certificates that were shown. */
    Set<String> serials() {
        return serials;
    }

    void awaitMore(int handshakes) {
        int before = done.get();
        await().until(() -> done.get() >= before + handshakes);
    }

    private void run() {
        while (!closing) {
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(TIMEOUT_MS);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                serials.add(shown.getSerialNumber().toString(16));
                done.incrementAndGet();
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        executor.close();
    }

    private static final class TrustsEveryone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Whoever it is.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Whoever it is.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
