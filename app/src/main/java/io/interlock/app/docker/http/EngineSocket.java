package io.interlock.app.docker.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Byte streams from and to an engine. An interrupt of the virtual thread that uses them closes the socket.
 *
 * @param raw the socket below TLS; its end ends both streams without waiting for the engine
 */
record EngineSocket(InputStream in, OutputStream out, Closeable raw) implements Closeable {

    /**
     * Connects, and verifies the engine's name if the connection is encrypted. Tries all addresses of a host, each for
     * the given time.
     */
    static EngineSocket connect(EngineEndpoint endpoint, Optional<SSLContext> tls, Duration limit) throws IOException {
        return endpoint.isUnixSocket()
                ? unix(Path.of(endpoint.uri().getPath()))
                : tcp(endpoint.host(), endpoint.uri().getPort(), tls, limit);
    }

    private static EngineSocket unix(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        return new EngineSocket(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
    }

    private static EngineSocket tcp(String host, int port, Optional<SSLContext> tls, Duration limit)
            throws IOException {
        IOException failure = new IOException("the host has no address");
        for (InetAddress address : InetAddress.getAllByName(withoutBrackets(host))) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                Socket speaking = tls.isPresent() ? encrypted(tls.get(), socket, withoutBrackets(host), port) : socket;
                return new EngineSocket(speaking.getInputStream(), speaking.getOutputStream(), socket);
            } catch (IOException failed) {
                socket.close();
                failure = failed;
            }
        }
        throw failure;
    }

    private static Socket encrypted(SSLContext tls, Socket socket, String host, int port) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
