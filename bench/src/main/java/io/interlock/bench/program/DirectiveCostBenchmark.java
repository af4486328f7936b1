package io.interlock.bench.program;

import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.HaproxyBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints the cost of each directive that the generated configuration applies to every request, on each HAProxy that
 * {@code INTERLOCK_TEST_HAPROXY} lists: HAProxy's CPU time for a request and requests a second. The figures are medians
 * of runs in turns. The compared configurations have one backend: one with all directives, ones without one of them,
 * and one with none. The server is another HAProxy. Needs {@code wrk}.
 */
final class DirectiveCostBenchmark {

    private static final int ROUNDS = 7;

    /** Lines by name, each with its section; the routing directives count as one part. */
    private static final Map<String, List<Line>> PARTS = parts();

    private record Line(Section section, String text) {}

    private enum Section {
        DEFAULTS,
        FRONTEND,
        BACKEND
    }

    private DirectiveCostBenchmark() {}

    private static Map<String, List<Line>> parts() {
        Map<String, List<Line>> parts = new LinkedHashMap<>();
        parts.put("retry-on", List.of(new Line(Section.DEFAULTS, "retry-on conn-failure empty-response")));
        parts.put(
                "no retry of POST",
                List.of(new Line(
                        Section.FRONTEND, "http-request disable-l7-retry unless { method GET HEAD OPTIONS }")));
        parts.put("idle-close-on-response", List.of(new Line(Section.DEFAULTS, "option idle-close-on-response")));
        parts.put(
                "map",
                List.of(
                        new Line(
                                Section.FRONTEND,
                                "http-request set-var(txn.backend) req.hdr(host),lower,field(1,:),map_str(MAP,@)"),
                        new Line(Section.FRONTEND, "http-request allow if !{ var(txn.backend) -m beg @ }"),
                        new Line(Section.FRONTEND, "use_backend %[var(txn.backend)]")));
        parts.put("X-Forwarded-For", List.of(new Line(Section.BACKEND, "option forwardfor")));
        parts.put(
                "X-Request-Start",
                List.of(new Line(Section.BACKEND, "http-response add-header X-Request-Start %Ts.%ms")));
        return parts;
    }

    public static void main(String[] arguments) throws Exception {
        for (Path binary : HaproxyBinaries.all()) {
            System.out.printf("%s:%n", binary);
            run(binary, Files.createTempDirectory("directive-times"));
        }
    }

    private static void run(Path binary, Path folder) throws Exception {
        int server = PortAllocator.next();
        Map<String, List<String>> variants = new LinkedHashMap<>();
        variants.put("nothing", List.of());
        variants.put("everything", List.copyOf(PARTS.keySet()));
        PARTS.keySet()
                .forEach(part -> variants.put(
                        "without " + part,
                        PARTS.keySet().stream()
                                .filter(other -> !other.equals(part))
                                .toList()));
        Path map = Files.writeString(folder.resolve("hosts.map"), "host1.example.com one\n");
        List<PlainHaproxy> running = new ArrayList<>();
        Map<String, Integer> ports = new LinkedHashMap<>();
        try {
            running.add(PlainHaproxy.start(
                    binary,
                    folder.resolve("server.cfg"),
                    PlainHaproxy.DEFAULTS.formatted(1) + "frontend server\n    bind 127.0.0.1:" + server
                            + "\n    http-request return status 200 content-type text/plain string ok\n"));
            Map<String, ProcessHandle> processes = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                int port = PortAllocator.next();
                ports.put(variant.getKey(), port);
                PlainHaproxy haproxy = PlainHaproxy.start(
                        binary, folder.resolve(port + ".cfg"), config(variant.getValue(), port, server, map));
                running.add(haproxy);
                processes.put(variant.getKey(), haproxy.process());
            }
            Map<String, List<RequestCost>> samples = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, ProcessHandle> process : processes.entrySet()) {
                    samples.computeIfAbsent(process.getKey(), any -> new ArrayList<>())
                            .add(RequestCost.of(
                                    process.getValue(),
                                    "Host: host1.example.com",
                                    "http://127.0.0.1:" + ports.get(process.getKey()) + "/"));
                }
            }
            samples.forEach((name, all) -> System.out.printf(
                    "  %-32s %.2f µs, %.0f requests/s%n",
                    name,
                    RequestCost.median(all.stream().map(RequestCost::cpu).toList()),
                    RequestCost.median(all.stream().map(RequestCost::rate).toList())));
        } finally {
            running.forEach(PlainHaproxy::close);
        }
    }

    private static String config(List<String> parts, int port, int server, Path map) {
        return PlainHaproxy.DEFAULTS.formatted(1) + lines(parts, Section.DEFAULTS, map)
                + "frontend front\n    bind 127.0.0.1:" + port + "\n" + lines(parts, Section.FRONTEND, map)
                + "    default_backend one\nbackend one\n" + lines(parts, Section.BACKEND, map)
                + "    server one 127.0.0.1:" + server + "\n";
    }

    private static String lines(List<String> parts, Section section, Path map) {
        StringBuilder lines = new StringBuilder();
        for (String part : parts) {
            PARTS.getOrDefault(part, List.of()).stream()
                    .filter(line -> line.section() == section)
                    .forEach(line -> lines.append("    ")
                            .append(line.text().replace("MAP", map.toString()))
                            .append('\n'));
        }
        return lines.toString();
    }
}
