package io.interlock.bench.chaos;

import io.interlock.testsupport.network.LoadResult;
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
 * Fault after fault, drawn by a seed, under a load of which every request has to succeed: {@code make chaos}. Ends with 1 if one did
 * not, or if something has grown that ought not to.
 */
@Command(name = "chaos", sortOptions = false, mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Option(names = "--minutes", description = "how long (${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--seed", description = "draws the faults; another each time if not given")
    private long seed = new Random().nextInt(1_000_000);

    public static void main(String[] args) {
        System.exit(new CommandLine(new Chaos()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf("seed %d, %.1f minutes%n", seed, minutes);
        Random random = new Random(seed);
        Faults faults = new Faults(random);
        try (Scene scene = new Scene()) {
            Growth ofController = new Growth("Interlock", scene.controller());
            Growth ofProxy = new Growth("HAProxy", scene.proxy());
            long began = System.nanoTime();
            long end = began + Duration.ofMillis((long) (minutes * 60_000)).toNanos();
            int count = 0;
            while (System.nanoTime() - end < 0) {
                List<Fault> together = faults.next();
                System.out.printf(
                        "%7.1f s  %s%n",
                        (System.nanoTime() - began) / 1e9,
                        together.stream().map(Fault::name).collect(Collectors.joining("; and: ")));
                happen(together, scene, random);
                scene.awaitCalm();
                count += together.size();
            }
            List<LoadResult> results = scene.results();
            boolean controllerIsClean = ofController.isNone(scene::controller);
            boolean proxyIsClean = ofProxy.isNone(scene::proxy);
            return judge(count, results) && controllerIsClean && proxyIsClean ? 0 : 1;
        }
    }

    /** All at once. */
    private static void happen(List<Fault> together, Scene scene, Random random) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Fault fault : together) {
                Random own = new Random(random.nextLong());
                running.add(threads.submit(() -> {
                    fault.happening().in(scene, own);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                Object unused = one.get();
            }
        }
    }

    private static boolean judge(int faults, List<LoadResult> results) {
        long sent = results.stream().mapToLong(LoadResult::sent).sum();
        long good = results.stream().mapToLong(result -> result.withStatus(200)).sum();
        System.out.printf("%d faults, %d requests, %d failed%n", faults, sent, sent - good);
        results.stream()
                .flatMap(result -> result.blemishes().stream())
                .limit(SHOWN)
                .forEach(blemish -> System.out.printf("    %s at %d ms%n", blemish.what(), blemish.over()));
        return sent == good;
    }
}
