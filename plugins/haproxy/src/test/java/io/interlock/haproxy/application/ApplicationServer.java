package io.interlock.haproxy.application;

import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Application that protects {@code /admin} of every host, and everything of the host {@code secret.NAME.test}, by its own reading of a
 * request. The answer is text: a line {@code PART=protected} or {@code PART=open}, and a line for each header of the request as the
 * application sees it, named as in CGI (RFC 3875, section 4.1.18).
 */
abstract class ApplicationServer implements AutoCloseable {

    static final String ADMIN = "/admin";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final int port;

    ApplicationServer(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /** Starts all of them, each in a folder of its own. */
    static List<ApplicationServer> startAll(Path folder) throws Exception {
        // Apache's workers are not root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<ApplicationServer> all = List.of(
                new ApacheApplication(Files.createDirectory(folder.resolve("apache"))),
                new NginxApplication(Files.createDirectory(folder.resolve("nginx"))),
                new TomcatApplication(Files.createDirectory(folder.resolve("tomcat"))),
                new GunicornApplication(Files.createDirectory(folder.resolve("gunicorn"))));
        all.forEach(ApplicationServer::awaitReady);
        return all;
    }

    final String name() {
        return name;
    }

    final int port() {
        return port;
    }

    final String openHost() {
        return "open." + name + ".test";
    }

    final String secretHost() {
        return "secret." + name + ".test";
    }

    /** Whether the application shows the headers of a request, not only which part of it answers. */
    boolean showsHeaders() {
        return true;
    }

    @Override
    public abstract void close() throws IOException;

    private void awaitReady() {
        Awaitility.await(name)
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> HttpConnection.get(port, openHost(), "/").status() == 200);
    }

    /** Starts a program whose output goes to a file of the folder. Apache ends all processes of its group, so it gets its own. */
    static Process start(Path folder, String... command) throws IOException {
        return new ProcessBuilder(
                        Stream.concat(Stream.of("setsid"), Stream.of(command)).toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }

    static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
