package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.ServerState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints what many virtual hosts cost, 10,000 with two servers each that are checked every 5,000 ms unless its arguments are other numbers, on each HAProxy that {@code INTERLOCK_TEST_HAPROXY} lists:
 * start, reload, memory, and requests to one of the hosts beside the same to a plain HAProxy with one backend, written by
 * hand, in turns. The servers are one more HAProxy. Needs {@code wrk}, and more than 22,000 open files ({@code ulimit -n}): HAProxy
 * reserves one for each server that it checks. No test; run its main method.
 */
final class ScaleTimes {

    private static final int ROUNDS = 7;
    private static final String SECONDS = "3";
    private static final String HOST = "host1.example.com";
    private static final List<String> OPTIONS = List.of(
            "abortonclose",
            "allbackups",
            "http-buffer-request",
            "http-no-delay",
            "nolinger",
            "prefer-last-server",
            "tcpka");
    private static final Pattern WRK = Pattern.compile("(\\d+) requests in [\\s\\S]*Requests/sec: *([0-9.]+)");

    private static final String DEFAULTS = """
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

    private final Path binary;
    private final Path folder;
    private final Fleet fleet = new Fleet();
    private final int first = Rig.freePort();
    private final int second = Rig.freePort();

    private final int hosts;
    private final int serversOfEach;
    private final Duration checkInterval;

    private ScaleTimes(Path binary, Path folder, int hosts, int serversOfEach, Duration checkInterval)
            throws IOException {
        this.checkInterval = checkInterval;
        this.hosts = hosts;
        this.serversOfEach = serversOfEach;
        this.binary = binary;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        int hosts = argument(arguments, 0, 10_000);
        int servers = argument(arguments, 1, 2);
        Duration interval = Duration.ofMillis(argument(arguments, 2, 5_000));
        for (Path binary : Binaries.all()) {
            Path folder = Files.createTempDirectory("scale-times");
            System.out.printf("%s, %d hosts with %d servers each:%n", binary, hosts, servers);
            new ScaleTimes(binary, folder, hosts, servers, interval).run();
        }
    }

    private static int argument(String[] arguments, int number, int usual) {
        return arguments.length > number ? Integer.parseInt(arguments[number]) : usual;
    }

    private void run() throws Exception {
        long small = residentWithOneHost();
        Running servers = haproxy("servers.cfg", servers());
        try (servers;
                Rig rig = rig("large")) {
            for (int i = 1; i <= hosts; i++) {
                put("host" + i + ".example.com");
            }
            System.out.printf(
                    "  start %d ms%n", apply(rig, ApplyResult.How.START).toMillis());
            long resident = resident(worker(rig));
            System.out.printf(
                    "  memory of the worker %d MB, %.1f kB a host%n",
                    resident / 1024, (resident - small) / (double) hosts);
            printReloads(rig);
            compare(rig);
        }
    }

    private long residentWithOneHost() throws Exception {
        try (Rig rig = rig("small")) {
            put(HOST);
            apply(rig, ApplyResult.How.START);
            return resident(worker(rig));
        }
    }

    private void printReloads(Rig rig) throws Exception {
        List<Long> times = new ArrayList<>();
        for (String option : OPTIONS) {
            // Nobody had it before, so that no backend is declared for it.
            fleet.with("host2.example.com", new HealthCheck.Tcp(), option);
            put("host2.example.com");
            times.add(apply(rig, ApplyResult.How.RELOAD).toMillis());
        }
        times.sort(Comparator.naturalOrder());
        System.out.printf(
                "  reload: least %d, median %d, most %d ms%n",
                times.getFirst(), times.get(times.size() / 2), times.getLast());
    }

    private void compare(Rig rig) throws Exception {
        int port = Rig.freePort();
        try (Running plain = haproxy("plain.cfg", plain(port))) {
            List<Sample> ours = new ArrayList<>();
            List<Sample> theirs = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(load(rig.port, worker(rig)));
                theirs.add(load(port, plain.process().toHandle()));
            }
            double rate = median(ours.stream().map(Sample::rate).toList());
            double plainRate = median(theirs.stream().map(Sample::rate).toList());
            System.out.printf(
                    "  requests/s: %.0f, plain %.0f, ratio %.3f; CPU of HAProxy a request: %.1f, plain %.1f µs%n",
                    rate,
                    plainRate,
                    rate / plainRate,
                    median(ours.stream().map(Sample::cpu).toList()),
                    median(theirs.stream().map(Sample::cpu).toList()));
        }
    }

    /**
     * What one run of the client showed.
     *
     * @param rate requests a second
     * @param cpu microseconds a request
     */
    private record Sample(double rate, double cpu) {}

    private Sample load(int port, ProcessHandle haproxy) throws Exception {
        Duration before = haproxy.info().totalCpuDuration().orElseThrow();
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c16",
                        "-d" + SECONDS + "s",
                        "-H",
                        "Host: " + HOST,
                        "http://127.0.0.1:" + port + "/")
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

    private void put(String host) {
        for (int i = 1; i <= serversOfEach; i++) {
            fleet.put(host, "web-" + i, i % 2 == 1 ? first : second, ServerState.READY, checkInterval);
        }
    }

    private Duration apply(Rig rig, ApplyResult.How expected) throws InterruptedException {
        ApplyResult result = rig.apply(fleet.snapshot());
        if (result instanceof ApplyResult.Applied applied && applied.how() == expected) {
            return applied.took();
        }
        throw new IllegalStateException(result.toString());
    }

    private Rig rig(String name) throws Exception {
        return new Rig(
                Files.createDirectory(folder.resolve(name)), Rig.freePort(), Rig.withBinary(binary), Optional.empty());
    }

    private static ProcessHandle worker(Rig rig) throws IOException {
        return rig.master()
                .children()
                .max(Comparator.comparingLong(ProcessHandle::pid))
                .orElseThrow();
    }

    /** Kilobytes. */
    private static long resident(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private String servers() {
        return DEFAULTS.formatted(1) + "frontend servers\n    bind 127.0.0.1:" + first + "\n    bind 127.0.0.1:"
                + second + "\n    http-request return status 200 content-type text/plain string ok\n";
    }

    private String plain(int port) {
        return DEFAULTS.formatted(HaproxyConfig.DEFAULTS.threads()) + "    option forwardfor\n"
                + "frontend plain\n    bind :::" + port + " v4v6\n    default_backend plain\n"
                + "backend plain\n"
                + IntStream.rangeClosed(1, serversOfEach)
                        .mapToObj(
                                i -> "    server web-" + i + " 127.0.0.1:" + (i % 2 == 1 ? first : second) + " check\n")
                        .collect(Collectors.joining());
    }

    private Running haproxy(String name, String config) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name), config);
        Process process = new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        if (process.waitFor(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException(Files.readString(folder.resolve(name + ".log")));
        }
        return new Running(process);
    }

    private record Running(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
