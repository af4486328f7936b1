package io.interlock.bench.program;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.HaproxyBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * Prints the cost of changes that need no reload, on each HAProxy that {@code INTERLOCK_TEST_HAPROXY} lists:
 * milliseconds from the call of {@code apply} to its return, median and most of 100 after 100 that are not counted; and
 * the number of reloads for a thousand scale events and a hundred new hosts.
 */
final class RuntimeChangeBenchmark {

    private static final int COUNTED = 100;
    private static final int EVENTS = 1000;
    private static final String HOST = "host1.example.com";

    private final BenchmarkHaproxy haproxy;
    private final LoopbackTopologyBuilder topology = new LoopbackTopologyBuilder();
    private final OriginServer origin;
    private int reloads;

    private RuntimeChangeBenchmark(BenchmarkHaproxy haproxy, OriginServer origin) {
        this.haproxy = haproxy;
        this.origin = origin;
    }

    public static void main(String[] arguments) throws Exception {
        for (Path binary : HaproxyBinaries.all()) {
            for (int backends : List.of(1, 1_000, 10_000)) {
                Path folder = Files.createTempDirectory("runtime-times");
                try (BenchmarkHaproxy haproxy = new BenchmarkHaproxy(
                                folder, PortAllocator.next(), BenchmarkHaproxy.withBinary(binary), Optional.empty());
                        OriginServer origin = new OriginServer("one")) {
                    System.out.printf("%s, %d backends:%n", binary, backends);
                    new RuntimeChangeBenchmark(haproxy, origin).run(backends);
                }
            }
        }
    }

    private void run(int backends) throws InterruptedException {
        for (int i = 1; i <= backends; i++) {
            topology.put("host" + i + ".example.com", "one", origin.port());
        }
        System.out.printf("  start %.0f ms%n", apply());
        print("one server more", i -> topology.put(HOST, "more" + i, origin.port()));
        print("one server less", i -> topology.remove(HOST, "more" + i));
        // Each host is removed before the next one is added, so a spare backend is always free.
        print(
                "a new host",
                i -> topology.put("new" + i + ".example.com", "one", origin.port()),
                Optional.of(i -> topology.remove("new" + i + ".example.com")));
        print("nothing, everything compared", i -> {});
        reloads = 0;
        Random random = new Random(1);
        for (int i = 0; i < EVENTS; i++) {
            String server = "s" + random.nextInt(20);
            if (random.nextBoolean()) {
                topology.put(HOST, server, origin.port());
            } else {
                topology.remove(HOST, server);
            }
            apply();
        }
        System.out.printf("  reloads in %d scale events: %d%n", EVENTS, reloads);
        for (int i = 0; i < COUNTED; i++) {
            topology.put("more" + i + ".example.com", "one", origin.port());
            apply();
        }
        System.out.printf("  reloads for these and %d new hosts: %d%n", COUNTED, reloads);
    }

    private interface Change {
        void make(int number);
    }

    private void print(String what, Change change) throws InterruptedException {
        print(what, change, Optional.empty());
    }

    private void print(String what, Change change, Optional<Change> undo) throws InterruptedException {
        double[] times = new double[2 * COUNTED];
        for (int i = 0; i < times.length; i++) {
            change.make(i);
            times[i] = apply();
            if (undo.isPresent()) {
                undo.get().make(i);
                apply();
            }
        }
        double[] counted = DoubleStream.of(times).skip(COUNTED).sorted().toArray();
        System.out.printf("  %s: median %.2f, most %.2f ms%n", what, counted[COUNTED / 2], counted[COUNTED - 1]);
    }

    private double apply() throws InterruptedException {
        var snapshot = topology.snapshot();
        long began = System.nanoTime();
        ApplyResult result = haproxy.apply(snapshot);
        double took = (System.nanoTime() - began) / 1e6;
        if (result instanceof ApplyResult.Applied applied && applied.how() == ApplyResult.ApplyMethod.RELOAD) {
            reloads++;
        }
        if (result instanceof ApplyResult.Failed || result instanceof ApplyResult.Rejected) {
            throw new IllegalStateException(result.toString());
        }
        return took;
    }
}
