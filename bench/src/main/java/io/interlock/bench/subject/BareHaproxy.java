package io.interlock.bench.subject;

import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** HAProxy with a file as people write it for a single backend, without any look at the host name. */
public final class BareHaproxy implements AutoCloseable {

    private final Process process;
    private final Path config;
    private final int port;

    private BareHaproxy(Process process, Path config, int port) {
        this.process = process;
        this.config = config;
        this.port = port;
    }

    /** Starts it in front of a server at this port of the loopback address. */
    public static BareHaproxy start(int serverPort, int threads) throws IOException {
        int port = PortAllocator.next();
        Path config = Files.createTempFile("il-bare-", ".cfg");
        Files.writeString(config, """
                global
                    maxconn 2048
                    nbthread %d
                defaults
                    mode http
                    option redispatch
                    retries 3
                    timeout connect 5s
                    timeout client 10s
                    timeout server 10s
                frontend in
                    bind :::%d v4v6
                    default_backend out
                backend out
                    option forwardfor
                    server one 127.0.0.1:%d check inter 5s
                """.formatted(threads, port, serverPort));
        Process process = new ProcessBuilder("haproxy", "-db", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new BareHaproxy(process, config, port);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(config);
    }
}
