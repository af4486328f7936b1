package io.interlock.haproxy.process;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program that ends soon, and keeps its output. */
public final class ProgramRunner {

    private static final int LONGEST_OUTPUT = 1 << 18;

    private ProgramRunner() {}

    /**
     * @param exitCode 128 and more: ended by a signal
     * @param output both streams, cut
     */
    record Outcome(int exitCode, String output) {}

    /**
     * @throws IOException if the program cannot be started or does not end in time
     */
    static Outcome run(List<String> command, Duration timeout) throws IOException, InterruptedException {
        Process process =
                bare(new ProcessBuilder(command)).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> output.complete(drain(process.getInputStream())));
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.getFirst() + " did not end within " + timeout.toMillis() + " ms");
            }
            return new Outcome(process.exitValue(), output.get(1, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(command.getFirst() + " ended, but its output does not", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Removes all environment variables but path and time zone. HAProxy needs no others, and its templates could show
     * them.
     */
    public static ProcessBuilder bare(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "TZ"));
        return builder;
    }

    private static String drain(InputStream in) {
        try (in) {
            String kept = new String(in.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
            in.transferTo(OutputStream.nullOutputStream());
            return kept;
        } catch (IOException e) {
            return "(its output could not be read: " + ErrorMessages.reason(e) + ")";
        }
    }
}
