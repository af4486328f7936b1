package io.interlock.systemtests.migration;

import io.interlock.testsupport.process.FileTrees;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Running proxy that is not Interlock's, with a configuration written for a test. Closing it ends it in any state. */
final class OtherProxyProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Program program;
    private final Process process;
    private final Path folder;

    private OtherProxyProcess(Program program, Process process, Path folder) {
        this.program = program;
        this.process = process;
        this.folder = folder;
    }

    /** Program, and the signal at which it ends without losing requests. */
    enum Program {
        HAPROXY("haproxy", "USR1", "-db,-f"),
        NGINX("nginx", "QUIT", "-g,daemon off;,-c"),
        CADDY("caddy", "TERM", "run,--adapter,caddyfile,--config");

        private final String command;
        private final String signal;
        /** With commas between them. */
        private final String arguments;

        Program(String command, String signal, String arguments) {
            this.command = command;
            this.signal = signal;
            this.arguments = arguments;
        }

        private Optional<Path> path() {
            return Stream.concat(
                            Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                    .map(place -> Path.of(place, command))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        /** Returns why it cannot be run; empty if it can. */
        Optional<String> obstacle() {
            return path().isPresent() ? Optional.empty() : Optional.of(command + " is not installed");
        }
    }

    /** Starts it, and waits until it listens at the port that its configuration names. */
    static OtherProxyProcess start(Program program, String configuration, int port) throws IOException {
        Path folder = Files.createTempDirectory("il-other");
        Path file = Files.writeString(folder.resolve("proxy.conf"), configuration.replace("FOLDER", folder.toString()));
        List<String> command =
                new ArrayList<>(List.of(program.path().orElseThrow().toString()));
        command.addAll(List.of(program.arguments.split(",")));
        command.add(file.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        // Caddy keeps its state there.
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        Path log = folder.resolve("log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Awaitility.await(program + " listens").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(program + " ended: " + Files.readString(log));
            }
            return listens(port);
        });
        return new OtherProxyProcess(program, process, folder);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Has it end as its operators would, and waits for the end. */
    void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + program.signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(program + " did not end");
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        FileTrees.remove(folder);
    }
}
