package io.interlock.haproxy.process;

import io.interlock.haproxy.render.Renderer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The Runtime API of the worker that serves. While a reload is under way, the worker that is about to be replaced may
 * answer.
 */
public final class RuntimeApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String REVISION_PREFIX = Renderer.REVISION_VARIABLE + "=";

    private final UnixSocket socket;

    public RuntimeApi(Path adminSocket) {
        this.socket = new UnixSocket(adminSocket);
    }

    /**
     * The revision of what the worker serves; empty if it has none.
     *
     * @throws IOException if no worker answers
     */
    public Optional<String> revision() throws IOException, InterruptedException {
        return socket.ask("show env " + Renderer.REVISION_VARIABLE, Deadline.in(TIMEOUT))
                .lines()
                .filter(line -> line.startsWith(REVISION_PREFIX))
                .map(line -> line.substring(REVISION_PREFIX.length()).strip())
                .findFirst();
    }
}
