package io.interlock.app.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.docker.ScriptedEngine.Container;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.Inventory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests containers whose labels are larger than the heap of the process that reads them. */
@Tag("unit")
class LargeLabelsTest {

    private static final String EXCESS = "left out: labels interlock.*";

    private ScriptedEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new ScriptedEngine();
        engine.run(1, Container.named("before.example.com"));
        engine.run(9, Container.named("after.example.com"));
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void labelsOfOthersMayBeLargerThanTheHeap() throws Exception {
        engine.run(2, Container.named("big.example.com").with(labels("com.example.l", 20, 14_000_000)));

        assertThat(seenWithASmallHeap())
                .containsEntry("before.example.com", "served")
                .containsEntry("big.example.com", "served")
                .containsEntry("after.example.com", "served");
    }

    @Test
    void aContainerWhoseOwnLabelsAreTooLargeIsLeftOutAtEveryStart() throws Exception {
        engine.run(2, Container.named("many.example.com").with(labels("interlock.l", 20, 14_000_000)));
        engine.run(3, Container.named("one.example.com").with(labels("interlock.l", 1, 21_000_000)));
        engine.run(4, Container.named("small.example.com").with(labels("interlock.l", 50_000, 20)));

        for (int start = 0; start < 2; start++) {
            assertThat(seenWithASmallHeap())
                    .containsEntry("before.example.com", "served")
                    .containsEntry("many.example.com", EXCESS)
                    .containsEntry("one.example.com", EXCESS)
                    .containsEntry("small.example.com", EXCESS)
                    .containsEntry("after.example.com", "served");
        }
    }

    private static Map<String, Integer> labels(String prefix, int count, int size) {
        Map<String, Integer> labels = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            labels.put(prefix + i, size);
        }
        return labels;
    }

    /** Returns what a process with a small heap makes of each container, by name. */
    private Map<String, String> seenWithASmallHeap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeLabelsTest.class.getName(),
                        Integer.toString(engine.port()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        Map<String, String> seen = new TreeMap<>();
        output.lines()
                .filter(line -> line.startsWith("SEEN "))
                .map(line -> line.split(" ", 3))
                .forEach(words -> seen.put(words[1], words[2]));
        return seen;
    }

    /** Watches the engine at a port until its containers are known, and prints them. */
    public static void main(String[] arguments) throws InterruptedException {
        EngineConfig engine = new EngineConfig(
                "local",
                URI.create("tcp://127.0.0.1:" + arguments[0]),
                1,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Mode.CONTAINERS,
                List.of());
        Inventory inventory = new Inventory(List.of("local"));
        CountDownLatch known = new CountDownLatch(1);
        inventory.onChange(() -> {
            if (!inventory.snapshot().engine("local").containers().isEmpty()) {
                known.countDown();
            }
        });
        try (EngineWatcherManager watchers = new EngineWatcherManager(List.of(engine), inventory)) {
            watchers.start();
            known.await();
            inventory.snapshot().engine("local").containers().values().forEach(LargeLabelsTest::print);
        }
    }

    private static void print(ContainerFacts container) {
        System.out.println("SEEN " + container.name() + " "
                + container.excess().map(place -> "left out: " + place).orElse("served"));
    }
}
