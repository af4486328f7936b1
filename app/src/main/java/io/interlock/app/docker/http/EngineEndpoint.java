package io.interlock.app.docker.http;

import io.interlock.app.config.EngineConfig;
import java.net.URI;

/**
 * Interpretation of an engine's configured address.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}, with the path of a proxy before the engine, if any
 * @param tls whether the connection is encrypted; never for a unix socket
 */
public record EngineEndpoint(URI uri, boolean tls) {

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    public static EngineEndpoint of(EngineConfig engine) {
        URI address = engine.address();
        return switch (address.getScheme()) {
            case "unix" -> new EngineEndpoint(address, false);
            case "http" -> tcp(address, false, 80);
            case "https" -> tcp(address, true, 443);
            case "tcp" -> {
                boolean tls = engine.clientCertificate().isPresent()
                        || engine.clientKey().isPresent()
                        || engine.ca().isPresent();
                yield tcp(address, tls, tls ? TLS_PORT : PLAIN_PORT);
            }
            default -> throw new IllegalArgumentException("unsupported scheme: " + address);
        };
    }

    private static EngineEndpoint tcp(URI address, boolean tls, int defaultPort) {
        int port = address.getPort() > 0 ? address.getPort() : defaultPort;
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return new EngineEndpoint(URI.create("tcp://" + address.getHost() + ":" + port + path), tls);
    }

    /** Returns the path that every request begins with; empty if there is none. */
    String prefix() {
        String path = isUnixSocket() || uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Returns host and port for the header {@code Host}. */
    String authority() {
        return isUnixSocket() ? "localhost" : uri.getHost() + ":" + uri.getPort();
    }

    public boolean isUnixSocket() {
        return "unix".equals(uri.getScheme());
    }

    /** Returns the engine's host. Only for an address that is not a unix socket. */
    public String host() {
        return uri.getHost();
    }
}
