package io.interlock.bench.subject;

import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processes of all simulated containers: one HAProxy that listens at every address of this host and answers with the
 * address that was asked. Accepts connections from the loopback network only.
 */
public final class SimulatedContainerResponder implements AutoCloseable {

    private final Process process;
    private final Path config;
    private final int port;

    private SimulatedContainerResponder(Process process, Path config, int port) {
        this.process = process;
        this.config = config;
        this.port = port;
    }

    public static SimulatedContainerResponder start() throws IOException {
        int port = PortAllocator.next();
        Path config = Files.createTempFile("il-responder-", ".cfg");
        Files.writeString(config, """
                global
                    maxconn 8000
                    nbthread 1
                defaults
                    mode http
                    timeout client 1m
                    timeout http-keep-alive 1m
                frontend containers
                    bind 0.0.0.0:%d
                    tcp-request connection reject unless { src 127.0.0.0/8 }
                    http-request return status 200 content-type text/plain lf-string "%%[dst]\\n"
                """.formatted(port));
        Process process = new ProcessBuilder("haproxy", "-db", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new SimulatedContainerResponder(process, config, port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(config);
    }
}
