package io.interlock.bench.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Client for GET requests to an engine, real or simulated, without a library. Each request has its own connection. */
public final class RawEngineClient {

    private final SocketAddress engine;

    /** Creates a client for an engine at {@code unix:///path} or {@code tcp://host:port}. */
    public RawEngineClient(String address) {
        URI uri = URI.create(address);
        this.engine = "unix".equals(uri.getScheme())
                ? UnixDomainSocketAddress.of(uri.getPath())
                : new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    /** The body of the answer to a GET, whatever its status. */
    public String get(String path) throws IOException {
        try (Stream answer = open(path)) {
            return answer.rest();
        }
    }

    /** Opens an answer whose body is read in parts. */
    public Stream open(String path) throws IOException {
        SocketChannel channel = engine instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            channel.connect(engine);
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            return new Stream(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Body of an answer. */
    public static final class Stream implements AutoCloseable {
        private final SocketChannel channel;
        private final InputStream in;
        private boolean chunked;
        private long left = Long.MAX_VALUE;

        private Stream(SocketChannel channel) throws IOException {
            this.channel = channel;
            this.in = new BufferedInputStream(Channels.newInputStream(channel));
            for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
                String header = line.toLowerCase(Locale.ROOT);
                if (header.startsWith("content-length:")) {
                    left = Long.parseLong(
                            header.substring(header.indexOf(':') + 1).strip());
                } else if (header.startsWith("transfer-encoding:") && header.contains("chunked")) {
                    chunked = true;
                    left = 0;
                }
            }
        }

        /**
         * The next line; waits for it.
         *
         * @throws EOFException if there are no more lines
         */
        public String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = next(); c != '\n'; c = next()) {
                if (c < 0) {
                    throw new EOFException("the answer has ended");
                }
                line.write(c);
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        private String rest() throws IOException {
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            for (int c = next(); c >= 0; c = next()) {
                rest.write(c);
            }
            return rest.toString(StandardCharsets.UTF_8);
        }

        private int next() throws IOException {
            if (left == 0 && chunked) {
                String size = rawLine();
                left = Long.parseLong(size.isEmpty() ? rawLine() : size, 16);
                if (left == 0) {
                    chunked = false;
                }
            }
            if (left == 0) {
                return -1;
            }
            left--;
            return in.read();
        }

        private String rawLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the engine ended the connection");
                }
                if (c != '\r') {
                    line.write(c);
                }
            }
            return line.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
