package io.interlock.app.accesslog;

import io.interlock.app.config.accesslog.AccessLogTarget.SyslogServer;
import io.interlock.app.config.accesslog.AccessLogTarget.Transport;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import io.interlock.util.TimeLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writer of lines to a syslog server over TCP or TLS. The server's certificate must be valid for its name. Confined to
 * one virtual thread, whose interrupt ends a write.
 */
final class SyslogStreamWriter implements LineWriter {

    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
    private static final Duration WRITE_TIME = Duration.ofSeconds(30);

    private final SyslogServer server;
    private final SyslogMessage messages = new SyslogMessage();
    private @Nullable Connection connection;

    SyslogStreamWriter(SyslogServer server) {
        this.server = server;
    }

    /** Connection, which notices that the server has closed it, because a write would not fail at first. */
    private static final class Connection {
        private final Socket socket;
        private volatile boolean closed;

        Connection(Socket socket) {
            this.socket = socket;
            Thread unused = Thread.ofVirtual().name("access-log-answers").start(this::read);
        }

        private void read() {
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                closed = true;
            } finally {
                closed = true;
            }
        }
    }

    @Override
    public void open() throws IOException {
        Connection known = connection;
        if (known != null && known.closed) {
            close();
        }
        if (connection == null) {
            connection = new Connection(TimeLimit.during(CONNECT_TIME.multipliedBy(2), this::connect));
        }
    }

    private Socket connect() throws IOException {
        int limit = Math.toIntExact(CONNECT_TIME.toMillis());
        Socket plain = new Socket();
        boolean done = false;
        try {
            plain.connect(new InetSocketAddress(InetAddress.getByName(server.host()), server.port()), limit);
            plain.setKeepAlive(true);
            Socket ready = server.transport() == Transport.TLS ? secured(plain, limit) : plain;
            done = true;
            return ready;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not possible: " + ErrorMessages.reason(e), e);
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    private SSLSocket secured(Socket plain, int limit) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(server.authorities()).getTrustManagers(), null);
        if (!(context.getSocketFactory().createSocket(plain, server.host(), server.port(), true)
                instanceof SSLSocket secured)) {
            throw new IOException("this Java has no TLS");
        }
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(limit);
        secured.startHandshake();
        secured.setSoTimeout(0);
        return secured;
    }

    private static TrustManagerFactory trust(Optional<Path> authorities) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (authorities.isEmpty()) {
            factory.init((KeyStore) null);
            return factory;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate authority : PemText.certificates(PemText.read(authorities.get()))) {
            store.setCertificateEntry("ca-" + number++, authority);
        }
        factory.init(store);
        return factory;
    }

    @Override
    public int write(List<Line> lines) throws IOException {
        Connection to = connection;
        if (to == null) {
            throw new IOException("there is no connection");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        lines.forEach(line -> bytes.writeBytes(messages.counted(line)));
        try {
            return TimeLimit.during(WRITE_TIME, () -> {
                to.socket.getOutputStream().write(bytes.toByteArray());
                to.socket.getOutputStream().flush();
                return lines.size();
            });
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.socket.close();
            } catch (IOException e) {
                // Nothing can be done about it.
                return;
            }
        }
    }
}
