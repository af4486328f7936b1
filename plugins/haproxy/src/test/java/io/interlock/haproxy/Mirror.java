package io.interlock.haproxy;

import static io.interlock.testkit.Patience.await;

import io.interlock.testsupport.network.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server behind HAProxy, itself an HAProxy, that says how it was spoken to, in each of the ways in which it can be. */
final class Mirror implements AutoCloseable {

    /** How it is spoken to. */
    enum Way {
        PLAIN,
        HTTP2,
        TLS,
        PROXIED
    }

    final int plain = FreePorts.next();
    final int http2 = FreePorts.next();
    final int tls = FreePorts.next();
    final int proxied = FreePorts.next();
    private final Process process;

    Mirror(Path binary, Path folder, Pems pems) throws IOException {
        Path file = folder.resolve("mirror-" + plain + ".cfg");
        Files.writeString(file, """
            global
                maxconn 100
            defaults
                mode http
                timeout client 1h
            frontend mirror
                bind 127.0.0.1:%d
                bind 127.0.0.1:%d proto h2
                bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1
                bind 127.0.0.1:%d accept-proxy
                http-request return status 200 content-type text/plain hdr Server mirror lf-string \
            "port=%d version=%%[req.ver] tls=%%[ssl_fc] sni=%%[ssl_fc_sni] source=%%[src] a=%%[req.hdr(x-a)]\
             b=%%[req.hdr(x-b)] id=%%[req.hdr(x-request-id)] path=%%[pathq] prefix=%%[req.hdr(x-forwarded-prefix)] %s"
            """.formatted(
                plain, http2, tls, pems.selfSigned("mirror-" + plain, "mirror"), proxied, plain, "x".repeat(2000)));
        process = new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mirror.log").toFile())
                .start();
        await().until(this::listens);
    }

    int port(Way way) {
        return switch (way) {
            case PLAIN -> plain;
            case HTTP2 -> http2;
            case TLS -> tls;
            case PROXIED -> proxied;
        };
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxied)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
