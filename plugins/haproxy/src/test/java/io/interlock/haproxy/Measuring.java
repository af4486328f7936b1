package io.interlock.haproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the programs that print figures have in common. Needs {@code wrk}. */
final class Measuring {

    private static final String SECONDS = "3";
    private static final Pattern WRK = Pattern.compile("(\\d+) requests in [\\s\\S]*Requests/sec: *([0-9.]+)");

    static final String DEFAULTS = """
            global
                maxconn 1000
                nbthread %d
            defaults
                mode http
                maxconn 1000
                timeout connect 5s
                timeout client 1h
                timeout server 1h
            """;

    private Measuring() {}

    /**
     * What one run of the client showed.
     *
     * @param rate requests a second
     * @param cpu microseconds a request
     */
    record Sample(double rate, double cpu) {}

    /**
     * Lets 16 connections ask for as long as that takes.
     *
     * @param haproxy whose work it is
     */
    static Sample load(ProcessHandle haproxy, String header, String url) throws Exception {
        Duration before = haproxy.info().totalCpuDuration().orElseThrow();
        Process wrk = new ProcessBuilder("wrk", "-t1", "-c16", "-d" + SECONDS + "s", "-H", header, url)
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Duration used = haproxy.info().totalCpuDuration().orElseThrow().minus(before);
        Matcher matcher = WRK.matcher(said);
        if (!matcher.find() || said.contains("Non-2xx")) {
            throw new IllegalStateException(said);
        }
        return new Sample(
                Double.parseDouble(matcher.group(2)), used.toNanos() / 1e3 / Long.parseLong(matcher.group(1)));
    }

    static ProcessHandle worker(Rig rig) throws IOException {
        return rig.master()
                .children()
                .max(Comparator.comparingLong(ProcessHandle::pid))
                .orElseThrow();
    }

    /** Kilobytes. */
    static long resident(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    static Running haproxy(Path binary, Path file, String config) throws IOException, InterruptedException {
        Files.writeString(file, config);
        Path log = Path.of(file + ".log");
        Process process = new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException(Files.readString(log));
        }
        return new Running(process);
    }

    record Running(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
