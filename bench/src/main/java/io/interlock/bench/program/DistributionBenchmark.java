package io.interlock.bench.program;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the figures that the project states about itself, and prints them: {@code make measure}. Not a test: nothing
 * here passes or fails, and no figure is compared with a goal.
 */
public final class DistributionBenchmark {

    private static final int RUNS = 20;
    private static final int COLD_STARTS = 5;
    private static final int EXISTING = 50;
    private static final int KILLS = 7;
    private static final Duration LIFE = Duration.ofSeconds(6);
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalEngine engine;

    private DistributionBenchmark(LocalEngine engine) {
        this.engine = engine;
    }

    public static void main(String[] args) throws Exception {
        say("Interlock's figures (make measure); Java %s, %d processors", Runtime.version(), processors());
        try (LocalEngine engine = LocalEngine.connect()) {
            DistributionBenchmark measurements = new DistributionBenchmark(engine);
            measurements.sizeOfTheDistribution();
            measurements.idleMemory();
            measurements.startToFirstAnswer();
            measurements.inspectsForOneStart(1);
            measurements.inspectsForOneStart(EXISTING);
            measurements.coldStart();
            measurements.killed();
        }
    }

    /** The size of all delivered files, uncompressed. */
    private void sizeOfTheDistribution() throws IOException {
        try (Stream<Path> files = Files.walk(DistributionFiles.folder())) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(DistributionBenchmark::size)
                    .sum();
            say("size of the distribution: %.1f MB", bytes / 1e6);
        }
    }

    /** The memory of the controller's own process, without HAProxy, with no container of this benchmark. */
    private void idleMemory() throws Exception {
        try (InterlockProcess interlock = start(engine.address().toString()).awaitReady()) {
            Thread.sleep(IDLE);
            say(
                    "resident memory of the controller, idle for %d s: %.1f MB",
                    IDLE.toSeconds(), SystemProcesses.residentKilobytes(interlock.pid()) / 1e3);
        }
    }

    /**
     * The time from the return of the engine's start call to the first answer with 200; after any other answer the
     * request is repeated at once. Runs take turns, so that other load of the machine affects all subjects. The direct
     * way must ask the engine for the address first (about a millisecond); during that time the container's process is
     * still starting.
     */
    private void startToFirstAnswer() throws Exception {
        List<Double> direct = new ArrayList<>();
        List<Double> newHost = new ArrayList<>();
        List<Double> knownHost = new ArrayList<>();
        try (InterlockProcess interlock = start(engine.address().toString()).awaitReady()) {
            InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), interlock.port());
            String known = UniqueHostNames.newHost();
            interlock.awaitServedBy(engine.sample().hostname(known).start(), known);
            for (int i = 0; i < RUNS; i++) {
                newHost.add(throughTheProxy(proxy, UniqueHostNames.newHost()));
                direct.add(directly());
                knownHost.add(throughTheProxy(proxy, known));
            }
        }
        say("start returned -> first 200, median of %d (and slowest):", RUNS);
        report("  to the container directly", direct);
        report("  through Interlock, a new host", newHost);
        report("  through Interlock, one more container of a known host", knownHost);
    }

    private double throughTheProxy(InetSocketAddress proxy, String host) throws IOException {
        SampleContainer container = engine.sample().hostname(host).create();
        container.start();
        long began = System.nanoTime();
        awaitName(proxy, host, container.name());
        double millis = millisSince(began);
        container.remove();
        return millis;
    }

    private double directly() throws IOException {
        SampleContainer container = engine.sample().create();
        container.start();
        long began = System.nanoTime();
        awaitName(new InetSocketAddress(container.address(), 8080), "direct.example", container.name());
        double millis = millisSince(began);
        container.remove();
        return millis;
    }

    /**
     * The number of inspects for one container's start, which is two events: it joins a network, and it runs. Counts
     * only those of this benchmark's own containers, because others of the engine may start and stop meanwhile.
     */
    private void inspectsForOneStart(int existing) throws IOException {
        try (EngineProxy wire = EngineProxy.inFrontOf(engine)) {
            List<SampleContainer> containers = new ArrayList<>(engine.startMany(existing, UniqueHostNames.newHost()));
            try (InterlockProcess interlock = start(wire.address())) {
                String host = UniqueHostNames.newHost();
                interlock.awaitThat(
                        "all were inspected",
                        () -> containers.stream().allMatch(container -> inspects(wire, List.of(container)) > 0));
                interlock.awaitReady();
                long before = inspects(wire, containers);
                SampleContainer one = engine.sample().hostname(host).start();
                containers.add(one);
                interlock.awaitServedBy(one, host);
                say(
                        "inspects for one start (2 events) beside %d containers: %d",
                        existing, inspects(wire, containers) - before);
            }
            engine.removeAll();
        }
    }

    /** The time from the start of the program to the first 200 of the last of all earlier containers. */
    private void coldStart() throws IOException {
        List<String> hosts = startWithHosts(EXISTING);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < COLD_STARTS; i++) {
            long began = System.nanoTime();
            try (InterlockProcess interlock = start(engine.address().toString())) {
                InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), interlock.port());
                for (String host : hosts) {
                    awaitName(proxy, host, null);
                }
                millis.add(millisSince(began));
            }
        }
        say("cold start, median of %d (and slowest):", COLD_STARTS);
        report("  to serving " + EXISTING + " existing containers", millis);
        engine.removeAll();
    }

    /**
     * The time from SIGKILL for a process of HAProxy to the first answer with 200. Between kills HAProxy lives for
     * longer than the time that counts as ending soon after its start.
     */
    private void killed() throws Exception {
        String host = startWithHosts(1).getFirst();
        try (InterlockProcess interlock = start(engine.address().toString())) {
            InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), interlock.port());
            say("kill -9 -> serving again, median of %d (and slowest):", KILLS);
            for (boolean master : List.of(false, true)) {
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < KILLS; i++) {
                    awaitName(proxy, host, null);
                    Thread.sleep(LIFE);
                    ProcessHandle victim = interlock.proxyProcess(master);
                    long began = System.nanoTime();
                    victim.destroyForcibly();
                    while (victim.isAlive()) {
                        Thread.onSpinWait();
                    }
                    awaitName(proxy, host, null);
                    millis.add(millisSince(began));
                }
                report(master ? "  the master" : "  the worker", millis);
            }
        }
        engine.removeAll();
    }

    private List<String> startWithHosts(int count) {
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String host = UniqueHostNames.newHost();
            engine.sample().hostname(host).start();
            hosts.add(host);
        }
        return hosts;
    }

    /** Repeats requests until this container answers, or with no name any of them. */
    private static void awaitName(InetSocketAddress address, String host, @Nullable String name) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (HttpConnection http = HttpConnection.connect(address)) {
                HttpConnection.Response response = http.get(host, "/name");
                if (response.status() == 200
                        && (name == null || response.body().strip().equals(name))) {
                    return;
                }
            } catch (IOException e) {
                // Nothing listens yet.
            }
        }
        throw new IOException(host + " was not served within " + PATIENCE);
    }

    private static long inspects(EngineProxy wire, List<SampleContainer> containers) {
        return wire.requests().stream()
                .filter(request -> containers.stream()
                        .anyMatch(container -> request.contains("/containers/" + container.id() + "/json")))
                .count();
    }

    private static InterlockProcess start(String engineAddress) throws IOException {
        return InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("measured", engineAddress));
    }

    private static void report(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        say("%s: %.1f ms (%.1f)", what, median, sorted.getLast());
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }
}
