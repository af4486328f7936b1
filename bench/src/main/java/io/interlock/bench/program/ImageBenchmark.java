package io.interlock.bench.program;

import io.interlock.testsupport.distribution.InterlockContainer;
import io.interlock.testsupport.distribution.InterlockImage;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures the image, and prints the figures: {@code make measure-image}. Not a test: nothing here passes or fails, and
 * no figure is compared with a goal.
 */
public final class ImageBenchmark {

    private static final int EXISTING = 50;
    private static final int MANY = 200;
    private static final int STARTS = 5;
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalEngine engine;

    private ImageBenchmark(LocalEngine engine) {
        this.engine = engine;
    }

    public static void main(String[] args) throws Exception {
        say(
                "Interlock's image (make measure-image), %d processors",
                Runtime.getRuntime().availableProcessors());
        String size = SystemProcesses.run("docker", "image", "inspect", "--format", "{{.Size}}", InterlockImage.name());
        say("size of the image: %.1f MB", Long.parseLong(size.strip()) / 1e6);
        try (LocalEngine engine = LocalEngine.connect()) {
            ImageBenchmark measurements = new ImageBenchmark(engine);
            measurements.memory(0);
            measurements.starts();
            engine.removeAll();
            measurements.memory(MANY);
        }
    }

    /** The memory of the controller's own process, without HAProxy. */
    private void memory(int containers) throws Exception {
        List<String> hosts = startContainers(containers);
        try (InterlockContainer interlock = InterlockContainer.run(InterlockContainer.withSocket(engine))) {
            interlock.awaitReady();
            for (String host : hosts) {
                awaitServed(interlock.port(), host);
            }
            Thread.sleep(IDLE);
            String kibibytes = interlock.exec(
                    "bash",
                    "-c",
                    "grep -l '^Name:.java' /proc/[0-9]*/status | xargs sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\).*/\\1/p'");
            say(
                    "resident memory of the controller, %d containers, idle for %d s: %.1f MiB",
                    containers, IDLE.toSeconds(), Long.parseLong(kibibytes.strip()) / 1024.0);
        }
        engine.removeAll();
    }

    /** The time from {@code docker start} of a container that was created before. */
    private void starts() throws Exception {
        List<String> hosts = startContainers(EXISTING);
        List<Double> firstFromCall = new ArrayList<>();
        List<Double> firstFromReturn = new ArrayList<>();
        List<Double> allFromReturn = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            int port = PortAllocator.next();
            String name = LocalEngine.uniqueName("measured");
            List<String> create = new ArrayList<>(List.of("docker", "create", "--name", name, "-p", port + ":8080"));
            create.addAll(List.of(InterlockContainer.withSocket(engine).split(" ")));
            create.add(InterlockImage.name());
            SystemProcesses.run(create.toArray(String[]::new));
            try {
                long called = System.nanoTime();
                SystemProcesses.run("docker", "start", name);
                long returned = System.nanoTime();
                awaitServed(port, hosts.getFirst());
                firstFromCall.add(millisSince(called));
                firstFromReturn.add(millisSince(returned));
                for (String host : hosts) {
                    awaitServed(port, host);
                }
                allFromReturn.add(millisSince(returned));
            } finally {
                SystemProcesses.run("docker", "rm", "-f", "-v", name);
            }
        }
        say("start with %d containers running, median of %d (and slowest):", EXISTING, STARTS);
        report("  docker start called -> first 200", firstFromCall);
        report("  docker start returned -> first 200", firstFromReturn);
        report("  docker start returned -> all of them asked", allFromReturn);
    }

    private List<String> startContainers(int count) {
        List<String> hosts = IntStream.range(0, count)
                .mapToObj(i -> UniqueHostNames.newHost())
                .toList();
        hosts.forEach(host -> engine.sample().hostname(host).start());
        return hosts;
    }

    /**
     * Repeats the request after a pause: on two processors, requests without a pause would take half of the
     * processor time.
     */
    private static void awaitServed(int port, String host) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (HttpConnection.get(port, host, "/name").status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Nothing listens yet.
            }
            Thread.sleep(PAUSE);
        }
        throw new IOException(host + " was not served within " + PATIENCE);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static void report(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        say("%s: %.0f ms (%.0f)", what, sorted.get(sorted.size() / 2), sorted.getLast());
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }
}
