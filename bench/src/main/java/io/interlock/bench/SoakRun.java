package io.interlock.bench;

import io.interlock.bench.measure.ContainerChurn;
import io.interlock.bench.process.ProcessFootprint;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Applies churn for a long time under a small load, and reports the resources of Interlock and its HAProxy at the
 * start, in the middle and at the end: {@code make soak}.
 */
@Command(name = "soak", sortOptions = false, mixinStandardHelpOptions = true)
public final class SoakRun implements Callable<Integer> {

    private static final int CONNECTIONS = 10;
    private static final int PER_SECOND = 5;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final String ROW = "%-8s%10s%12s%12s%10s%10s%12s%12s%10s%10s%12s%n";

    @Option(names = "--minutes", description = "how long (${DEFAULT-VALUE})")
    private double minutes = 30;

    @Option(names = "--events", description = "starts and stops of containers per second (${DEFAULT-VALUE})")
    private int perSecond = 20;

    @Option(names = "--containers", description = "how many run all the time (${DEFAULT-VALUE})")
    private int containers = 200;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SoakRun()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Duration half = Duration.ofMillis((long) (minutes * 30_000));
        try (ContainerChurn churn = ContainerChurn.beside(containers);
                BenchmarkSubject interlock = InterlockSubject.withHaproxy().start(churn.engineAddress())) {
            churn.awaitServed(interlock.port());
            HttpLoadClient.Plan load = new HttpLoadClient.Plan(
                    CONNECTIONS, PER_SECOND, half.multipliedBy(2).plus(SETTLING), false);
            try (HttpLoadClient client = HttpLoadClient.atRate(load, interlock.port(), churn.host())) {
                System.out.printf(
                        "%d starts and stops per second beside %d containers, %.1f minutes%n",
                        perSecond, containers, minutes);
                System.out.printf(ROW, "", "Interlock", "", "", "", "HAProxy", "", "", "", "old", "");
                System.out.printf(
                        ROW,
                        "",
                        "RSS kB",
                        "fds",
                        "threads",
                        "processes",
                        "RSS kB",
                        "fds",
                        "threads",
                        "processes",
                        "workers",
                        "reloads");
                Thread.sleep(SETTLING);
                report("start", interlock);
                churn.churn(half, perSecond);
                report("middle", interlock);
                churn.churn(half, perSecond);
                report("end", interlock);
                HttpLoadResult result = client.await();
                System.out.printf(
                        "%d requests meanwhile, %d answered with 200, p99 %.1f ms%n",
                        result.sent(), result.withStatus(200), result.millis(0.99));
                result.requestFailures().stream()
                        .limit(10)
                        .forEach(blemish -> System.out.printf("    %s at %d ms%n", blemish.what(), blemish.over()));
            }
            awaitLastState(churn, interlock);
        }
        return 0;
    }

    private static void awaitLastState(ContainerChurn churn, BenchmarkSubject interlock) throws IOException {
        long began = System.nanoTime();
        churn.awaitServed(interlock.port());
        System.out.printf("the last state is served %.0f ms later%n", (System.nanoTime() - began) / 1e6);
    }

    /** Excludes processes that only check a configuration, which takes a moment. */
    private static boolean serves(long pid) {
        return ProcessHandle.of(pid)
                .filter(process -> !SystemProcesses.arguments(process).contains(" -c -f "))
                .isPresent();
    }

    private static void report(String when, BenchmarkSubject interlock) throws IOException {
        List<Object> row = new ArrayList<>(List.of(when));
        ProcessFootprint controller = ProcessFootprint.of(interlock.controllers());
        ProcessFootprint proxy = ProcessFootprint.of(
                interlock.proxies().stream().filter(SoakRun::serves).toList());
        for (ProcessFootprint part : List.of(controller, proxy)) {
            row.addAll(List.of(part.residentKilobytes(), part.files(), part.threads(), part.processes()));
        }
        // The master and the serving worker do not count.
        row.add(Math.max(0, proxy.processes() - 2));
        row.add(interlock.reloads().orElse(0));
        System.out.printf(ROW, row.toArray());
    }
}
