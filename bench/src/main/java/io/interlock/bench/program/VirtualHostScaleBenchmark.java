package io.interlock.bench.program;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.ServerState;
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.HaproxyBinaries;
import io.interlock.testsupport.process.SystemProcesses;
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
 * Prints the cost of many virtual hosts, on each HAProxy that {@code INTERLOCK_TEST_HAPROXY} lists: start, reload,
 * memory, and requests to one of the hosts. The same requests to a plain HAProxy with one backend, written by hand, are
 * measured in turns. By default there are 10,000 virtual hosts with two servers each, checked every 5,000 ms; the
 * arguments change these numbers. The servers are another HAProxy. Needs {@code wrk}, and more than 22,000 open files
 * ({@code ulimit -n}): HAProxy reserves one for each server that it checks.
 */
final class VirtualHostScaleBenchmark {

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
    private final LoopbackTopologyBuilder topology = new LoopbackTopologyBuilder();
    private final int first = PortAllocator.next();
    private final int second = PortAllocator.next();

    private final int hosts;
    private final int serversOfEach;
    private final Duration checkInterval;

    private VirtualHostScaleBenchmark(Path binary, Path folder, int hosts, int serversOfEach, Duration checkInterval)
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
        for (Path binary : HaproxyBinaries.all()) {
            Path folder = Files.createTempDirectory("scale-times");
            System.out.printf("%s, %d hosts with %d servers each:%n", binary, hosts, servers);
            new VirtualHostScaleBenchmark(binary, folder, hosts, servers, interval).run();
        }
    }

    private static int argument(String[] arguments, int number, int usual) {
        return arguments.length > number ? Integer.parseInt(arguments[number]) : usual;
    }

    private void run() throws Exception {
        long small = residentWithOneHost();
        PlainHaproxy servers = PlainHaproxy.start(binary, folder.resolve("servers.cfg"), servers());
        try (servers;
                BenchmarkHaproxy haproxy = instance("large")) {
            for (int i = 1; i <= hosts; i++) {
                put("host" + i + ".example.com");
            }
            System.out.printf(
                    "  start %d ms%n",
                    apply(haproxy, ApplyResult.ApplyMethod.START).toMillis());
            long resident = SystemProcesses.residentKilobytes(haproxy.worker().pid());
            System.out.printf(
                    "  memory of the worker %d MB, %.1f kB a host%n",
                    resident / 1024, (resident - small) / (double) hosts);
            printReloads(haproxy);
            compare(haproxy);
        }
    }

    private long residentWithOneHost() throws Exception {
        try (BenchmarkHaproxy haproxy = instance("small")) {
            put(HOST);
            apply(haproxy, ApplyResult.ApplyMethod.START);
            return SystemProcesses.residentKilobytes(haproxy.worker().pid());
        }
    }

    private void printReloads(BenchmarkHaproxy haproxy) throws Exception {
        List<Long> times = new ArrayList<>();
        for (String option : OPTIONS) {
            // The host is new, so no backend is declared for it.
            topology.with("host2.example.com", new HealthCheck.Tcp(), option);
            put("host2.example.com");
            times.add(apply(haproxy, ApplyResult.ApplyMethod.RELOAD).toMillis());
        }
        times.sort(Comparator.naturalOrder());
        System.out.printf(
                "  reload: least %d, median %d, most %d ms%n",
                times.getFirst(), times.get(times.size() / 2), times.getLast());
    }

    private void compare(BenchmarkHaproxy haproxy) throws Exception {
        int port = PortAllocator.next();
        try (PlainHaproxy plain = PlainHaproxy.start(binary, folder.resolve("plain.cfg"), plain(port))) {
            List<RequestCost> ours = new ArrayList<>();
            List<RequestCost> theirs = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(load(haproxy.port(), haproxy.worker()));
                theirs.add(load(port, plain.process()));
            }
            double rate =
                    RequestCost.median(ours.stream().map(RequestCost::rate).toList());
            double plainRate =
                    RequestCost.median(theirs.stream().map(RequestCost::rate).toList());
            System.out.printf(
                    "  requests/s: %.0f, plain %.0f, ratio %.3f; CPU of HAProxy a request: %.1f, plain %.1f µs%n",
                    rate,
                    plainRate,
                    rate / plainRate,
                    RequestCost.median(ours.stream().map(RequestCost::cpu).toList()),
                    RequestCost.median(theirs.stream().map(RequestCost::cpu).toList()));
        }
    }

    private static RequestCost load(int port, ProcessHandle haproxy) throws Exception {
        return RequestCost.of(haproxy, "Host: " + HOST, "http://127.0.0.1:" + port + "/");
    }

    private void put(String host) {
        for (int i = 1; i <= serversOfEach; i++) {
            topology.put(host, "web-" + i, i % 2 == 1 ? first : second, ServerState.READY, checkInterval);
        }
    }

    private Duration apply(BenchmarkHaproxy haproxy, ApplyResult.ApplyMethod expected) throws InterruptedException {
        ApplyResult result = haproxy.apply(topology.snapshot());
        if (result instanceof ApplyResult.Applied applied && applied.how() == expected) {
            return applied.took();
        }
        throw new IllegalStateException(result.toString());
    }

    private BenchmarkHaproxy instance(String name) throws Exception {
        return new BenchmarkHaproxy(
                Files.createDirectory(folder.resolve(name)),
                PortAllocator.next(),
                BenchmarkHaproxy.withBinary(binary),
                Optional.empty());
    }

    private String servers() {
        return PlainHaproxy.DEFAULTS.formatted(1) + "frontend servers\n    bind 127.0.0.1:" + first
                + "\n    bind 127.0.0.1:" + second
                + "\n    http-request return status 200 content-type text/plain string ok\n";
    }

    private String plain(int port) {
        return PlainHaproxy.DEFAULTS.formatted(HaproxyConfig.DEFAULTS.threads()) + "    option forwardfor\n"
                + "frontend plain\n    bind :::" + port + " v4v6\n    default_backend plain\n"
                + "backend plain\n"
                + IntStream.rangeClosed(1, serversOfEach)
                        .mapToObj(
                                i -> "    server web-" + i + " 127.0.0.1:" + (i % 2 == 1 ? first : second) + " check\n")
                        .collect(Collectors.joining());
    }
}
