package io.interlock.bench.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.engine.SimulatedEngineServer;
import io.interlock.bench.process.ProcessFootprint;
import io.interlock.bench.subject.SimulatedContainerResponder;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Attacks Interlock by containers, an engine and clients, all at once, beside honest containers: {@code make attack}.
 * Exits with 1 if the controller ended or a request to an honest container failed.
 */
@Command(name = "attack", sortOptions = false, mixinStandardHelpOptions = true)
public final class AttackRun implements Callable<Integer> {

    private static final int SHOWN = 20;
    private static final int CHANGES_BEFORE = 20;
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(20);

    @Option(names = "--minutes", description = "how long (${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--containers", description = "honest containers (${DEFAULT-VALUE})")
    private int containers = 10_000;

    public static void main(String[] args) {
        System.exit(new CommandLine(new AttackRun()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        int statsPort = PortAllocator.next();
        try (SimulatedContainerResponder responder = SimulatedContainerResponder.start();
                SimulatedEngineServer honest = SimulatedEngineServer.start(EngineLatencies.USUAL, responder.port());
                SimulatedEngineServer hostile = SimulatedEngineServer.start(EngineLatencies.USUAL, responder.port());
                HostileEngine wild = new HostileEngine()) {
            for (int i = 0; i < containers; i++) {
                honest.begin(honest.create(host(i), Map.of(), Map.of()));
            }
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                    .engine("honest", honest.address())
                    .engine("hostile", hostile.address())
                    .engine("wild", wild.address())
                    .with(file -> file.putObject("plugins").putObject("stats").put("port", statsPort));
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitThat(
                        "all containers are served",
                        () -> interlock.get(host(containers - 1), "/").status() == 200);
                ChangeTimer before = new ChangeTimer(honest, interlock.port());
                for (int i = 0; i < CHANGES_BEFORE; i++) {
                    before.measure();
                }
                report("before", interlock, statsPort, before);
                return attack(interlock, honest, hostile, statsPort) ? 0 : 1;
            }
        }
    }

    private boolean attack(
            InterlockProcess interlock, SimulatedEngineServer honest, SimulatedEngineServer hostile, int statsPort)
            throws Exception {
        List<Runnable> attacks = new ArrayList<>(new HostileClients(interlock.port(), statsPort).attacks());
        attacks.add(new HostileContainers(hostile));
        List<Thread> threads = attacks.stream()
                .map(attack -> Thread.ofPlatform().daemon().start(attack))
                .toList();
        ChangeTimer during = new ChangeTimer(honest, interlock.port());
        try (HttpLoadClient kept = HttpLoadClient.onKeptConnections(2, interlock.port(), host(0));
                HttpLoadClient fresh = HttpLoadClient.onFreshConnections(1, interlock.port(), host(1))) {
            long end = System.nanoTime()
                    + Duration.ofMillis((long) (minutes * 60_000)).toNanos();
            long next = System.nanoTime();
            while (interlock.isAlive() && System.nanoTime() - end < 0) {
                during.measure();
                if (System.nanoTime() - next > 0) {
                    report("attacked", interlock, statsPort, during);
                    next = System.nanoTime() + REPORT_INTERVAL.toNanos();
                }
            }
            threads.forEach(Thread::interrupt);
            report("end", interlock, statsPort, during);
            boolean isFlawless = isFlawless("kept connections", kept.stop());
            isFlawless = isFlawless("fresh connections", fresh.stop()) && isFlawless;
            return isAlive(interlock) && isFlawless;
        }
    }

    private static boolean isAlive(InterlockProcess interlock) {
        System.out.printf("the controller %s%n", interlock.isAlive() ? "runs, with the process it had" : "has ended");
        return interlock.isAlive();
    }

    private static boolean isFlawless(String name, HttpLoadResult result) {
        System.out.printf(
                "%s: %d requests, %d failed, p99 %.1f ms%n",
                name, result.sent(), result.sent() - result.withStatus(200), result.millis(0.99));
        result.requestFailures().stream()
                .limit(SHOWN)
                .forEach(failure -> System.out.printf("    %s at %d ms%n", failure.what(), failure.over()));
        return result.requestFailures().isEmpty();
    }

    private static void report(String when, InterlockProcess interlock, int statsPort, ChangeTimer changes)
            throws IOException {
        System.out.printf(
                "%-9s %4d changes: median %6.0f ms, p99 %6.0f ms, most %6.0f ms; heap %s MB, resident %4d MB; reloads %3d%n",
                when,
                changes.changes(),
                changes.millis(0.5),
                changes.millis(0.99),
                changes.millis(1),
                heapMegabytes(statsPort),
                ProcessFootprint.of(List.of(interlock.pid())).residentKilobytes() / 1_000,
                interlock.proxyReloads());
    }

    private static String heapMegabytes(int statsPort) {
        try {
            HttpConnection.Response status = HttpConnection.get(statsPort, "localhost", "/api/v1/status");
            JsonNode process = new ObjectMapper().readTree(status.body()).path("process");
            return process.path("heap_used").asLong() / 1_000_000 + " of "
                    + process.path("heap_max").asLong() / 1_000_000;
        } catch (IOException e) {
            return "?";
        }
    }

    private static String host(int number) {
        return "h" + number + ".honest.example";
    }
}
