package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.ServerState;
import io.interlock.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    private static final String HOST = "host1.example.com";
    private static final List<String> OPTIONS = List.of(
            "abortonclose",
            "allbackups",
            "http-buffer-request",
            "http-no-delay",
            "nolinger",
            "prefer-last-server",
            "tcpka");
    private final Path binary;
    private final Path folder;
    private final Fleet fleet = new Fleet();
    private final int first = Ports.next();
    private final int second = Ports.next();

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
        Measuring.Running servers = Measuring.haproxy(binary, folder.resolve("servers.cfg"), servers());
        try (servers;
                Rig rig = rig("large")) {
            for (int i = 1; i <= hosts; i++) {
                put("host" + i + ".example.com");
            }
            System.out.printf(
                    "  start %d ms%n", apply(rig, ApplyResult.How.START).toMillis());
            long resident = Measuring.resident(Measuring.worker(rig));
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
            return Measuring.resident(Measuring.worker(rig));
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
        int port = Ports.next();
        try (Measuring.Running plain = Measuring.haproxy(binary, folder.resolve("plain.cfg"), plain(port))) {
            List<Measuring.Sample> ours = new ArrayList<>();
            List<Measuring.Sample> theirs = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(load(rig.port, Measuring.worker(rig)));
                theirs.add(load(port, plain.process().toHandle()));
            }
            double rate =
                    Measuring.median(ours.stream().map(Measuring.Sample::rate).toList());
            double plainRate =
                    Measuring.median(theirs.stream().map(Measuring.Sample::rate).toList());
            System.out.printf(
                    "  requests/s: %.0f, plain %.0f, ratio %.3f; CPU of HAProxy a request: %.1f, plain %.1f µs%n",
                    rate,
                    plainRate,
                    rate / plainRate,
                    Measuring.median(ours.stream().map(Measuring.Sample::cpu).toList()),
                    Measuring.median(theirs.stream().map(Measuring.Sample::cpu).toList()));
        }
    }

    private static Measuring.Sample load(int port, ProcessHandle haproxy) throws Exception {
        return Measuring.load(haproxy, "Host: " + HOST, "http://127.0.0.1:" + port + "/");
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
                Files.createDirectory(folder.resolve(name)), Ports.next(), Rig.withBinary(binary), Optional.empty());
    }

    private String servers() {
        return Measuring.DEFAULTS.formatted(1) + "frontend servers\n    bind 127.0.0.1:" + first
                + "\n    bind 127.0.0.1:" + second
                + "\n    http-request return status 200 content-type text/plain string ok\n";
    }

    private String plain(int port) {
        return Measuring.DEFAULTS.formatted(HaproxyConfig.DEFAULTS.threads()) + "    option forwardfor\n"
                + "frontend plain\n    bind :::" + port + " v4v6\n    default_backend plain\n"
                + "backend plain\n"
                + IntStream.rangeClosed(1, serversOfEach)
                        .mapToObj(
                                i -> "    server web-" + i + " 127.0.0.1:" + (i % 2 == 1 ? first : second) + " check\n")
                        .collect(Collectors.joining());
    }
}
