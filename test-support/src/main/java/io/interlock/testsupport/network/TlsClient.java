package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Clients that shake hands on a new connection each and look at what they are shown; they trust everybody. */
public final class TlsClient {

    private static final int TIMEOUT_MS = 60_000;

    private TlsClient() {}

    /**
     * The certificate that a name is shown; empty if the handshake is refused.
     *
     * @throws IOException if nobody answers
     */
    public static Optional<X509Certificate> certificate(int port, String name) throws IOException {
        try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return Optional.of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
        } catch (SSLException e) {
            return Optional.empty();
        }
    }

    /** Shakes hands for one name all the time until it is closed. */
    public static final class Watch implements AutoCloseable {

        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger done = new AtomicInteger();
        private final Thread thread;
        private volatile boolean closing;

        public Watch(int port, String name) {
            thread = Thread.ofVirtual().name("handshakes").start(() -> {
                while (!closing) {
                    try {
                        if (certificate(port, name).isEmpty()) {
                            failures.add("refused");
                        }
                    } catch (IOException e) {
                        failures.add(e.toString());
                    }
                    done.incrementAndGet();
                }
            });
        }

        /** What did not go well, for people. */
        public List<String> failures() {
            return new ArrayList<>(failures);
        }

        /** How many handshakes there were. */
        public int done() {
            return done.get();
        }

        @Override
        public void close() {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsEveryone()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustsEveryone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
