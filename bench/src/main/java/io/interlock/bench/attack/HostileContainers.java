package io.interlock.bench.attack;

import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.engine.SimulatedEngineServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Containers of an engine that ask for as much as they can; all of them come and go again and again. */
final class HostileContainers implements Runnable {

    private static final String DOMAIN = ".hostile.example";

    /** A name with many users whose hashes take long, for clients that guess passwords. */
    static final String LOCKED = "locked" + DOMAIN;

    private static final String BCRYPT = "$2y$10$" + "a".repeat(53);
    private static final int CROWD = 60;
    private static final long PAUSE_MILLIS = 3_000;

    private final SimulatedEngineServer engine;

    HostileContainers(SimulatedEngineServer engine) {
        this.engine = engine;
    }

    @Override
    public void run() {
        SimulatedContainer locked = create(LOCKED, data("basic_auth", 20, i -> "u" + i + ":" + BCRYPT), Map.of());
        engine.begin(locked);
        try {
            while (true) {
                List<SimulatedContainer> all = createAll();
                all.forEach(engine::begin);
                Thread.sleep(PAUSE_MILLIS);
                all.forEach(engine::stop);
                all.forEach(engine::remove);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<SimulatedContainer> createAll() {
        List<SimulatedContainer> all = new ArrayList<>(List.of(
                create("routes", "", labels("interlock.routes.r%d.path", 30_000, "/a")),
                create("ports", "", labels("interlock.routes.r%d.port.1", 5_000, "80")),
                create("unknown", "", labels("interlock.basic_aut_%d", 5_000, "x")),
                create("large", "", labels("interlock.l%d", 20, "x".repeat(1_000_000))),
                create("others", "", labels("com.example.l%d", 20, "x".repeat(1_000_000))),
                create("document", "{\"x\": \"" + "x".repeat(400_000) + "\"}", Map.of()),
                create("deep", "{\"x\": " + "[".repeat(30_000), Map.of()),
                create(
                        "expressions",
                        data("alias_domains", 5_000, i -> "~^[a-z0-9]?[a-z0-9]?[a-z0-9]+[a-z0-9]+_(x" + i + ")?$"),
                        Map.of()),
                create("hashes", data("basic_auth", 200, i -> "u" + i + ":" + BCRYPT), Map.of()),
                create("headers", data("response_headers", 4, i -> "X-" + i + ": " + "v".repeat(2_000)), Map.of()),
                create("BACKEND", "", Map.of()),
                create("lines", "", Map.of("interlock.path", "/a\n    server evil 127.0.0.1:1"))));
        for (int i = 0; i < CROWD; i++) {
            int number = i;
            all.add(create(
                    "crowd" + i,
                    data("alias_domains", 100, alias -> "a" + alias + ".crowd" + number + DOMAIN),
                    Map.of()));
        }
        return all;
    }

    private SimulatedContainer create(String name, String data, Map<String, String> labels) {
        return engine.create(
                name.contains(".") ? name : name + DOMAIN,
                data.isEmpty() ? Map.of() : Map.of("INTERLOCK_DATA", data),
                labels);
    }

    private static Map<String, String> labels(String pattern, int count, String value) {
        Map<String, String> labels = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> labels.put(pattern.formatted(i), value));
        return labels;
    }

    private static String data(String field, int count, IntFunction<String> element) {
        return IntStream.range(0, count)
                .mapToObj(element)
                .collect(Collectors.joining("\",\"", "{\"" + field + "\": [\"", "\"]}"));
    }
}
