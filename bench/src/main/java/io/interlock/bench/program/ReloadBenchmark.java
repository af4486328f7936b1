package io.interlock.bench.program;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prints the duration of a reload, from the call of {@code apply} to the proof, in milliseconds: least, median and most
 * of 20, after 5 that are not counted.
 */
final class ReloadBenchmark {

    private static final int UNCOUNTED = 5;
    private static final int COUNTED = 20;

    private ReloadBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        for (int backends : List.of(1, 50, 1000)) {
            Path folder = Files.createTempDirectory("reload-times");
            try (BenchmarkHaproxy haproxy = new BenchmarkHaproxy(
                            folder, PortAllocator.next(), BenchmarkHaproxy.withoutSpares(), Optional.empty());
                    OriginServer origin = new OriginServer("one")) {
                haproxy.apply(topology(backends, "first.com", origin.port()));
                double[] times = IntStream.range(0, UNCOUNTED + COUNTED)
                        .mapToDouble(i -> reload(haproxy, topology(backends, "n" + i + ".com", origin.port())))
                        .skip(UNCOUNTED)
                        .sorted()
                        .toArray();
                double median = (times[COUNTED / 2 - 1] + times[COUNTED / 2]) / 2;
                System.out.printf(
                        "%d backends: least %.0f, median %.0f, most %.0f ms%n",
                        backends, times[0], median, Arrays.stream(times).max().orElseThrow());
            }
        }
    }

    private static TopologySnapshot topology(int backends, String last, int port) {
        LoopbackTopologyBuilder topology = new LoopbackTopologyBuilder();
        for (int i = 1; i < backends; i++) {
            topology.put("host" + i + ".example.com", "web-0", port);
        }
        return topology.put(last, "web-0", port).snapshot();
    }

    private static double reload(BenchmarkHaproxy haproxy, TopologySnapshot snapshot) {
        try {
            ApplyResult result = haproxy.apply(snapshot);
            if (result instanceof ApplyResult.Applied applied && applied.how() == ApplyResult.ApplyMethod.RELOAD) {
                return applied.took().toNanos() / 1e6;
            }
            throw new IllegalStateException(result.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
