package io.interlock.testsupport.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of this machine, selected by their arguments. */
public final class SystemProcesses {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private SystemProcesses() {}

    /** Output and exit code of a program. */
    public record Outcome(int exitCode, String output) {}

    /**
     * Runs a program to its end.
     *
     * @throws IOException if it cannot be started, does not end, or fails
     */
    public static String run(String... command) throws IOException {
        Outcome outcome = outcomeOf(new ProcessBuilder(command));
        if (outcome.exitCode() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + outcome.output());
        }
        return outcome.output();
    }

    /** Runs a program to its end, whatever its exit code; standard output and error are combined. */
    public static Outcome outcomeOf(ProcessBuilder builder) throws IOException {
        return outcomeOf(builder, LIMIT);
    }

    /** Runs a program in the same way with another time limit. */
    public static Outcome outcomeOf(ProcessBuilder builder, Duration limit) throws IOException {
        Path output = Files.createTempFile("il-out", ".txt");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(builder.command() + " did not end; so far: " + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + builder.command(), e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Returns the processes whose arguments contain this text. */
    public static List<ProcessHandle> mentioning(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> arguments(process).contains(text))
                .toList();
    }

    /** Returns a process's arguments, separated by blanks; empty if it has ended. */
    public static String arguments(ProcessHandle process) {
        try {
            byte[] raw = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return new String(raw, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the resident memory of a process in kilobytes, as the kernel counts it. */
    public static long residentKilobytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("process " + pid + " has ended"));
        }
    }
}
