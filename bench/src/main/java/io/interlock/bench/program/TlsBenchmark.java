package io.interlock.bench.program;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.HaproxyBinaries;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Prints the cost of HTTPS with 1 and with 5,000 certificates, on each HAProxy that {@code INTERLOCK_TEST_HAPROXY}
 * lists: the start, the worker's memory, one more certificate, and handshakes. Each request needs one handshake. A
 * plain HAProxy with the same certificate and nothing else, written by hand, is measured in turns. Needs {@code wrk}
 * and {@code openssl}.
 */
final class TlsBenchmark {

    private static final int ROUNDS = 7;
    private static final int MANY = 5_000;

    /** The name that the client sends by SNI. */
    private static final String HOST = "localhost";

    private final Path binary;
    private final Path folder;
    private final List<Certificate> certificates = new ArrayList<>();
    private final int origin = PortAllocator.next();

    private TlsBenchmark(Path binary, Path folder) throws IOException {
        this.binary = binary;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        for (Path binary : HaproxyBinaries.all()) {
            System.out.println(binary + ":");
            new TlsBenchmark(binary, Files.createTempDirectory("tls-times")).run();
        }
    }

    private void run() throws Exception {
        PlainHaproxy servers = PlainHaproxy.start(binary, folder.resolve("origin.cfg"), origin());
        try (servers) {
            certificate(HOST);
            measure(1);
            for (int i = 1; i < MANY; i++) {
                certificate("host" + i + ".example.com");
            }
            measure(MANY);
        }
    }

    private void measure(int count) throws Exception {
        int port = PortAllocator.next();
        TlsSettings settings =
                new TlsSettings(port, port, TlsVersion.TLS_1_2, Optional.empty(), PlainHttp.SERVED, false, false);
        Path data = Files.createDirectory(folder.resolve("with-" + count));
        int plainPort = PortAllocator.next();
        try (BenchmarkHaproxy haproxy = new BenchmarkHaproxy(
                        data, PortAllocator.next(), BenchmarkHaproxy.withBinary(binary), Optional.of(settings));
                PlainHaproxy plain =
                        PlainHaproxy.start(binary, folder.resolve("plain-" + count + ".cfg"), plain(plainPort))) {
            long start = took(haproxy, ApplyResult.ApplyMethod.START);
            long resident = SystemProcesses.residentKilobytes(haproxy.worker().pid());
            certificate("more" + count + ".example.com");
            long more = took(haproxy, ApplyResult.ApplyMethod.RUNTIME);
            certificates.removeIf(certificate -> certificate.id().startsWith("more"));
            System.out.printf(
                    "  %d certificates: start %d ms, memory of the worker %d MB, one more certificate %d ms%n",
                    count, start, resident / 1024, more);
            compare(port, haproxy.worker(), plainPort, plain.process());
        }
    }

    private static void compare(int port, ProcessHandle worker, int plainPort, ProcessHandle plain) throws Exception {
        List<RequestCost> ours = new ArrayList<>();
        List<RequestCost> theirs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ours.add(load(port, worker));
            theirs.add(load(plainPort, plain));
        }
        double rate = RequestCost.median(ours.stream().map(RequestCost::rate).toList());
        double plainRate =
                RequestCost.median(theirs.stream().map(RequestCost::rate).toList());
        System.out.printf(
                "  handshakes/s: %.0f, plain %.0f, ratio %.3f; CPU of HAProxy for each: %.0f, plain %.0f µs%n",
                rate,
                plainRate,
                rate / plainRate,
                RequestCost.median(ours.stream().map(RequestCost::cpu).toList()),
                RequestCost.median(theirs.stream().map(RequestCost::cpu).toList()));
    }

    private static RequestCost load(int port, ProcessHandle haproxy) throws Exception {
        return RequestCost.of(haproxy, "Connection: close", "https://" + HOST + ":" + port + "/");
    }

    private long took(BenchmarkHaproxy haproxy, ApplyResult.ApplyMethod expected) throws InterruptedException {
        TopologySnapshot routes =
                new LoopbackTopologyBuilder().put(HOST, "web-0", origin).snapshot();
        ApplyResult result = haproxy.apply(
                new TopologySnapshot(1, routes.topology().with(new TlsMaterial(certificates, List.of()))));
        if (result instanceof ApplyResult.Applied applied && applied.how() == expected) {
            return applied.took().toMillis();
        }
        throw new IllegalStateException(result.toString());
    }

    /** All certificates have the same key, because creating a key takes longer than everything else. */
    private void certificate(String name) throws Exception {
        Path key = folder.resolve("key.pem");
        if (Files.notExists(key)) {
            SystemProcesses.run(
                    "openssl", "ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", key.toString());
        }
        Path pem = folder.resolve(name + ".pem");
        SystemProcesses.run(
                "openssl",
                "req",
                "-x509",
                "-key",
                key.toString(),
                "-days",
                "30",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name,
                "-out",
                pem.toString());
        Files.writeString(pem, Files.readString(pem) + Files.readString(key));
        certificates.add(new Certificate(
                name.replace('.', '_'), pem, Files.size(pem), List.of(new HostName(name)), Optional.empty()));
        certificates.sort(Comparator.comparing(Certificate::id));
    }

    private String origin() {
        return PlainHaproxy.DEFAULTS.formatted(1) + "frontend origin\n    bind 127.0.0.1:" + origin
                + "\n    http-request return status 200 content-type text/plain string ok\n";
    }

    private String plain(int port) {
        return PlainHaproxy.DEFAULTS.formatted(HaproxyConfig.DEFAULTS.threads()) + "frontend plain\n    bind :::" + port
                + " v4v6 ssl crt " + folder.resolve(HOST + ".pem") + " alpn h2,http/1.1\n    default_backend plain\n"
                + "backend plain\n    server origin 127.0.0.1:" + origin + "\n";
    }
}
