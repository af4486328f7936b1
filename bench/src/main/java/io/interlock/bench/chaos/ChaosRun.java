package io.interlock.bench.chaos;

import io.interlock.testsupport.network.HttpLoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Causes fault after fault, drawn by a seed, under a load of which every request must succeed: {@code make chaos}.
 * Exits with 1 if a request failed or if a resource has grown that should not.
 */
@Command(name = "chaos", sortOptions = false, mixinStandardHelpOptions = true)
public final class ChaosRun implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Option(names = "--minutes", description = "how long (${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--seed", description = "draws the faults; another each time if not given")
    private long seed = new Random().nextInt(1_000_000);

    public static void main(String[] args) {
        System.exit(new CommandLine(new ChaosRun()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf("seed %d, %.1f minutes%n", seed, minutes);
        Random random = new Random(seed);
        FaultGenerator faults = new FaultGenerator(random);
        try (ChaosScenario scene = new ChaosScenario()) {
            ResourceLeakDetector ofController = new ResourceLeakDetector("Interlock", scene.controller());
            ResourceLeakDetector ofProxy = new ResourceLeakDetector("HAProxy", scene.proxy());
            long began = System.nanoTime();
            long end = began + Duration.ofMillis((long) (minutes * 60_000)).toNanos();
            int count = 0;
            while (System.nanoTime() - end < 0) {
                List<ChaosFault> together = faults.next();
                System.out.printf(
                        "%7.1f s  %s%n",
                        (System.nanoTime() - began) / 1e9,
                        together.stream().map(ChaosFault::name).collect(Collectors.joining("; and: ")));
                runFaults(together, scene, random);
                scene.awaitRecovery();
                count += together.size();
            }
            List<HttpLoadResult> results = scene.results();
            boolean controllerIsClean = ofController.isLeakFree(scene::controller);
            boolean proxyIsClean = ofProxy.isLeakFree(scene::proxy);
            return reportOutcome(count, results) && controllerIsClean && proxyIsClean ? 0 : 1;
        }
    }

    /** Runs all of them at the same time. */
    private static void runFaults(List<ChaosFault> together, ChaosScenario scene, Random random) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (ChaosFault fault : together) {
                Random own = new Random(random.nextLong());
                running.add(threads.submit(() -> {
                    fault.action().in(scene, own);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                Object unused = one.get();
            }
        }
    }

    private static boolean reportOutcome(int faults, List<HttpLoadResult> results) {
        long sent = results.stream().mapToLong(HttpLoadResult::sent).sum();
        long good = results.stream().mapToLong(result -> result.withStatus(200)).sum();
        System.out.printf("%d faults, %d requests, %d failed%n", faults, sent, sent - good);
        results.stream()
                .flatMap(result -> result.requestFailures().stream())
                .limit(SHOWN)
                .forEach(blemish -> System.out.printf("    %s at %d ms%n", blemish.what(), blemish.over()));
        return sent == good;
    }
}
