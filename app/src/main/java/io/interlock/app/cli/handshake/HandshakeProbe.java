package io.interlock.app.cli.handshake;

import io.interlock.api.topology.HostName;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes a handshake as a client does, accepts any certificate, and keeps what a client would say about it. */
public final class HandshakeProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private HandshakeProbe() {}

    /**
     * What a server showed.
     *
     * @param chain the certificates as sent, the server's own first
     * @param protocol the version of TLS
     * @param distrust why a client does not trust the chain; empty if it does
     */
    public record Result(List<X509Certificate> chain, String protocol, Optional<String> distrust) {
        public Result {
            chain = List.copyOf(chain);
        }
    }

    /**
     * Makes the handshake.
     *
     * @param roots the certificates that the client trusts; empty: those that Java trusts
     * @throws IOException if there is none; the message says why
     */
    public static Result make(InetSocketAddress server, HostName name, List<X509Certificate> roots) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(server, (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            ChainRecorder recorder = new ChainRecorder(trusting(roots));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, name.value(), server.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name.value())));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return new Result(recorder.chain, socket.getSession().getProtocol(), recorder.distrust);
            }
        } catch (SSLHandshakeException e) {
            throw new IOException(
                    String.valueOf(e.getMessage()).contains("unrecognized_name")
                            ? "the handshake is refused: there is no certificate for " + name
                            : "the handshake fails: " + ErrorMessages.reason(e),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IOException("no handshake can be made: " + ErrorMessages.reason(e), e);
        } catch (IOException e) {
            throw new IOException(
                    server.getHostString() + ":" + server.getPort() + " does not answer: " + ErrorMessages.reason(e),
                    e);
        }
    }

    private static X509TrustManager trusting(List<X509Certificate> roots) throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (!roots.isEmpty()) {
            store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + store.size(), root);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager manager) {
                return manager;
            }
        }
        throw new GeneralSecurityException("Java has no trust manager for X.509");
    }

    /** Accepts everything, and keeps the chain and what the usual check of a client says. */
    private static final class ChainRecorder extends X509ExtendedTrustManager {

        private final X509TrustManager usual;
        private List<X509Certificate> chain = List.of();
        private Optional<String> distrust = Optional.empty();

        ChainRecorder(X509TrustManager usual) {
            this.usual = usual;
        }

        private void look(X509Certificate[] sent, String type) {
            chain = new ArrayList<>(List.of(sent));
            try {
                usual.checkServerTrusted(sent, type);
            } catch (CertificateException e) {
                distrust = Optional.of(ErrorMessages.reason(e));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] sent, String type) {
            look(sent, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] sent, String type, Socket socket) {
            look(sent, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
            look(sent, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] sent, String type) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] sent, String type, Socket socket) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] sent, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
