package io.interlock.testsupport.distribution;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Interlock in a container, controlled by the commands that people type. Closing it removes it. */
public final class InterlockContainer implements AutoCloseable {

    private static final int PORT = 8080;

    private final String name;
    private final int port;

    private InterlockContainer(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /**
     * Runs {@code docker run} with a published port, these options, and then the image and its arguments.
     *
     * @param options separated by blanks
     */
    public static InterlockContainer run(String options, String... arguments) throws IOException {
        InterlockContainer container =
                new InterlockContainer(LocalEngine.uniqueName("interlock"), PortAllocator.next());
        List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "--name", container.name));
        command.addAll(List.of("-p", container.port + ":" + PORT));
        Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
        command.add(InterlockImage.name());
        command.addAll(List.of(arguments));
        SystemProcesses.run(command.toArray(String[]::new));
        return container;
    }

    /** Returns the options that give a container access to the engine's socket of this machine. */
    public static String withSocket(LocalEngine engine) throws IOException {
        String socket = engine.address().getPath();
        return "-v " + socket + ":/var/run/docker.sock --group-add " + FileTrees.groupOf(socket);
    }

    public String name() {
        return name;
    }

    /** Returns the port of this host that leads to it. */
    public int port() {
        return port;
    }

    public String log() throws IOException {
        return SystemProcesses.run("docker", "logs", name);
    }

    /** Returns the output of a program in the container; it must succeed. */
    public String exec(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("docker", "exec", name));
        all.addAll(List.of(command));
        return SystemProcesses.run(all.toArray(String[]::new));
    }

    /** Returns one value of {@code docker inspect}. */
    public String inspect(String format) throws IOException {
        return SystemProcesses.run("docker", "inspect", "--format", format, name)
                .strip();
    }

    public InterlockContainer awaitReady() {
        return awaitThat(
                "HAProxy answers",
                () -> HttpConnection.get(port, "any", "/haproxy?monitor").status() == 200);
    }

    public void awaitServedBy(SampleContainer container, String host) {
        awaitThat(
                container + " answers for " + host,
                () -> HttpConnection.get(port, host, "/name").body().strip().equals(container.name()));
    }

    /** Waits until the log contains all of these texts. */
    public void awaitLogged(String... texts) {
        awaitThat("the log has " + List.of(texts), () -> {
            String log = log();
            return Arrays.stream(texts).allMatch(log::contains);
        });
    }

    /** Waits for a condition; the failure after the time limit shows the log. */
    public InterlockContainer awaitThat(String what, InterlockProcess.Condition condition) {
        try {
            await(what)
                    .atMost(InterlockProcess.PATIENCE.multipliedBy(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(condition::holds);
        } catch (RuntimeException e) {
            throw new AssertionError("not so: " + what + "; the container's log:\n" + logOrReason(), e);
        }
        return this;
    }

    private String logOrReason() {
        try {
            return log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Runs {@code docker stop}; returns the exit code. */
    public int stop() throws IOException {
        SystemProcesses.run("docker", "stop", name);
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    @Override
    public void close() {
        try {
            SystemProcesses.run("docker", "rm", "-f", "-v", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
