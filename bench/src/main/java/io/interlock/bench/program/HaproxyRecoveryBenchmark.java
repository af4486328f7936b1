package io.interlock.bench.program;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.process.HaproxyBinaries;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Prints how long no client is served after HAProxy's worker, and after its master, was killed: milliseconds from the
 * signal to the end of the first request that is answered with 200, by a client that repeats its requests at once;
 * least, median and most of 11. The benchmark requests the apply as the application would.
 */
final class HaproxyRecoveryBenchmark {

    private static final int COUNTED = 11;
    private static final int FIRST_PORT = 20_000;
    private static final String HOST = "host1.example.com";

    private HaproxyRecoveryBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        for (Path binary : HaproxyBinaries.all()) {
            for (int backends : List.of(1, 1_000)) {
                System.out.printf("%s, %d backends:%n", binary, backends);
                print("worker killed", binary, backends, true);
                print("master killed", binary, backends, false);
            }
        }
    }

    private static void print(String what, Path binary, int backends, boolean worker) throws Exception {
        double[] times = new double[COUNTED];
        for (int i = 0; i < COUNTED; i++) {
            // A start soon after others is delayed, so each process is killed once.
            Path folder = Files.createTempDirectory("supervision-times");
            try (BenchmarkHaproxy haproxy = new BenchmarkHaproxy(
                            folder, port(), BenchmarkHaproxy.withBinary(binary), Optional.empty());
                    OriginServer origin = new OriginServer("one")) {
                LoopbackTopologyBuilder topology = new LoopbackTopologyBuilder();
                for (int host = 1; host <= backends; host++) {
                    topology.put("host" + host + ".example.com", "one", origin.port());
                }
                ApplyResult unused = haproxy.apply(topology.snapshot());
                times[i] = kill(haproxy, topology, worker);
            }
        }
        Arrays.sort(times);
        System.out.printf(
                "  %s: least %.0f, median %.0f, most %.0f ms%n",
                what, times[0], times[COUNTED / 2], times[COUNTED - 1]);
    }

    /**
     * A port outside of the range of clients' own ports. A client that connects to a port of that range again and again
     * while nothing listens sooner or later connects to itself, and then nothing else can listen there.
     */
    private static int port() throws IOException {
        for (int port = FIRST_PORT; ; port++) {
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (BindException e) {
                // Tries the next port.
            }
        }
    }

    private static double kill(BenchmarkHaproxy haproxy, LoopbackTopologyBuilder topology, boolean worker)
            throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        int asked = haproxy.applyRequests();
        Thread host = Thread.ofPlatform().start(() -> serve(haproxy, topology, asked, over));
        ProcessHandle victim = worker ? haproxy.worker() : haproxy.master();
        long began = System.nanoTime();
        boolean unused = victim.destroyForcibly();
        while (victim.isAlive() || !answers(haproxy)) {
            Thread.onSpinWait();
        }
        double taken = (System.nanoTime() - began) / 1e6;
        over.set(true);
        host.join();
        return taken;
    }

    private static void serve(
            BenchmarkHaproxy haproxy, LoopbackTopologyBuilder topology, int before, AtomicBoolean over) {
        int asked = before;
        try {
            while (!over.get()) {
                int now = haproxy.applyRequests();
                if (now != asked) {
                    asked = now;
                    ApplyResult unused = haproxy.apply(topology.snapshot());
                }
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(BenchmarkHaproxy haproxy) {
        try {
            return haproxy.get(HOST, "/").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
