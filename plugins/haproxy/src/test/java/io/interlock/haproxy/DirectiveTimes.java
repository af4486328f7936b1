package io.interlock.haproxy;

import io.interlock.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints what each thing that our configuration does to every request costs, on each HAProxy that {@code INTERLOCK_TEST_HAPROXY} lists:
 * CPU time of HAProxy a request and requests a second, medians of runs in turns, of a configuration with one backend that has all of
 * it, the same without one of them, and one that has none. The server is one more HAProxy. Needs {@code wrk}. No test; run its main
 * method.
 */
final class DirectiveTimes {

    private static final int ROUNDS = 7;

    /** By what it is called, the section and the line; what is routed by is one thing. */
    private static final Map<String, List<Line>> PARTS = parts();

    private record Line(Section section, String text) {}

    private enum Section {
        DEFAULTS,
        FRONTEND,
        BACKEND
    }

    private DirectiveTimes() {}

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
        for (Path binary : Binaries.all()) {
            System.out.printf("%s:%n", binary);
            run(binary, Files.createTempDirectory("directive-times"));
        }
    }

    private static void run(Path binary, Path folder) throws Exception {
        int server = Ports.next();
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
        List<Measuring.Running> running = new ArrayList<>();
        Map<String, Integer> ports = new LinkedHashMap<>();
        try {
            running.add(Measuring.haproxy(
                    binary,
                    folder.resolve("server.cfg"),
                    Measuring.DEFAULTS.formatted(1) + "frontend server\n    bind 127.0.0.1:" + server
                            + "\n    http-request return status 200 content-type text/plain string ok\n"));
            Map<String, ProcessHandle> processes = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                int port = Ports.next();
                ports.put(variant.getKey(), port);
                Measuring.Running haproxy = Measuring.haproxy(
                        binary, folder.resolve(port + ".cfg"), config(variant.getValue(), port, server, map));
                running.add(haproxy);
                processes.put(variant.getKey(), haproxy.process().toHandle());
            }
            Map<String, List<Measuring.Sample>> samples = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, ProcessHandle> process : processes.entrySet()) {
                    samples.computeIfAbsent(process.getKey(), any -> new ArrayList<>())
                            .add(Measuring.load(
                                    process.getValue(),
                                    "Host: host1.example.com",
                                    "http://127.0.0.1:" + ports.get(process.getKey()) + "/"));
                }
            }
            samples.forEach((name, all) -> System.out.printf(
                    "  %-32s %.2f µs, %.0f requests/s%n",
                    name,
                    Measuring.median(all.stream().map(Measuring.Sample::cpu).toList()),
                    Measuring.median(all.stream().map(Measuring.Sample::rate).toList())));
        } finally {
            running.forEach(Measuring.Running::close);
        }
    }

    private static String config(List<String> parts, int port, int server, Path map) {
        return Measuring.DEFAULTS.formatted(1) + lines(parts, Section.DEFAULTS, map)
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
