package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints how long a reload takes, from the call of {@code apply} to the proof, in milliseconds: least, median and most
 * of 20, after 5 that are not counted. No test; run its main method.
 */
final class ReloadTimes {

    private static final int UNCOUNTED = 5;
    private static final int COUNTED = 20;

    private ReloadTimes() {}

    public static void main(String[] arguments) throws Exception {
        for (int backends : List.of(1, 50, 1000)) {
            Path folder = Files.createTempDirectory("reload-times");
            try (Rig rig = new Rig(folder, Ports.next(), Rig.withoutSpares(), Optional.empty());
                    Origin origin = new Origin("one")) {
                rig.apply(topology(backends, "first.com", origin.port()));
                double[] times = IntStream.range(0, UNCOUNTED + COUNTED)
                        .mapToDouble(i -> reload(rig, topology(backends, "n" + i + ".com", origin.port())))
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
        List<String> hosts = IntStream.range(1, backends)
                .mapToObj(i -> "host" + i + ".example.com")
                .toList();
        return TestTopologies.hosts(
                Stream.concat(hosts.stream(), Stream.of(last)).toList(), port);
    }

    private static double reload(Rig rig, TopologySnapshot snapshot) {
        try {
            ApplyResult result = rig.apply(snapshot);
            if (result instanceof ApplyResult.Applied applied && applied.how() == ApplyResult.How.RELOAD) {
                return applied.took().toNanos() / 1e6;
            }
            throw new IllegalStateException(result.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
