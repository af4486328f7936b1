package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Client that makes a TLS handshake on a new connection each time and returns the certificate; trusts every
 * certificate.
 */
public final class TlsHandshakeClient {

    private static final int TIMEOUT_MS = 60_000;

    private TlsHandshakeClient() {}

    /**
     * Returns the certificate for a name; empty if the handshake is refused.
     *
     * @throws IOException if no server answers
     */
    public static Optional<X509Certificate> certificate(int port, String name) throws IOException {
        try {
            return Optional.of(shakeHands(port, name));
        } catch (SSLException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the certificate for a name.
     *
     * @throws SSLException if the handshake is refused
     * @throws IOException if no server answers
     */
    public static X509Certificate shakeHands(int port, String name) throws IOException {
        try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
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
