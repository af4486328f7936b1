package io.interlock.app.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.AwaitTimeout;
import io.interlock.app.RandomTestRounds;
import io.interlock.app.docker.ScriptedEngine.Container;
import io.interlock.app.docker.ScriptedEngine.Reply;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.client.HttpEngineClient;
import io.interlock.app.docker.watch.EngineConnection;
import io.interlock.app.docker.watch.EngineWatchParameters;
import io.interlock.app.docker.watch.EngineWatcher;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Watches an engine that answers at random beside one that is honest. */
@Tag("unit")
class EngineFuzzTest {

    private static final int FEW = RandomTestRounds.of(400, 10_000);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String ALWAYS = "always.example.com";

    private final long seed = Long.getLong("interlock.test.seed", System.nanoTime());
    private final Inventory inventory = new Inventory(Set.of("honest", "hostile"));
    private final ScriptedEngine honest = new ScriptedEngine();
    private final ScriptedEngine hostile = new ScriptedEngine();

    EngineFuzzTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        honest.close();
        hostile.close();
    }

    @Test
    void anHonestEngineIsFollowedWhateverAnotherOneAnswers() throws IOException {
        AtomicInteger answers = new AtomicInteger();
        hostile.run(1, Container.named("kept.example.com"));
        hostile.run(2, Container.named("large.example.com").with(Map.of("interlock.x", 1_000_000)));
        honest.run(1, Container.named(ALWAYS));
        hostile.follow(new RandomAnswers(new Random(seed), hostile, answers));

        try (EngineWatcherManager watchers = new EngineWatcherManager(List.of(honest.config("honest")), inventory);
                EngineWatcher watcher = hostileWatcher()) {
            watchers.start();
            await("seed " + seed).until(() -> names("honest").contains(ALWAYS));
            watcher.start();
            for (int round = 2; answers.get() < FEW; round++) {
                int container = round;
                honest.run(container, Container.named(container + ".example.com"));
                awaitHonest(Set.of(ALWAYS, container + ".example.com"));
                honest.end(container);
                awaitHonest(Set.of(ALWAYS));
            }

            hostile.follow((path, out) -> Reply.USUAL);
            await("seed " + seed).until(() -> names("hostile").equals(Set.of("kept.example.com", "large.example.com")));
            // Events, a list or an inspect, a ping, and those that are not used at the moment.
            await("seed " + seed).until(() -> hostile.connections.get() <= 20);
        }
        await("seed " + seed).until(() -> hostile.connections.get() == 0);
    }

    private static ConditionFactory await(String what) {
        return AwaitTimeout.await().alias(what);
    }

    private void awaitHonest(Set<String> expected) {
        await("seed " + seed).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(names("honest")).as("seed %d", seed).contains(ALWAYS);
            return names("honest").equals(expected);
        });
    }

    private Set<String> names(String engine) {
        return inventory.snapshot().engine(engine).containers().values().stream()
                .map(container -> container.name())
                .collect(Collectors.toSet());
    }

    /** Connects again at once, and gives up soon. */
    private EngineWatcher hostileWatcher() {
        Timeouts timeouts = new Timeouts(SHORT, SHORT, SHORT, SHORT);
        EngineWatchParameters settings = new EngineWatchParameters(
                Duration.ofMillis(50),
                2,
                Duration.ofMillis(100),
                Duration.ofMillis(1),
                Duration.ofMillis(3),
                8,
                Duration.ofMillis(5),
                Duration.ofSeconds(1),
                64);
        return new EngineWatcher(
                "hostile",
                () -> new EngineConnection(new HttpEngineClient(
                        EngineHttpClient.connect(hostile.config("hostile"), timeouts),
                        "hostile",
                        FactSelection.OWN,
                        any -> true)),
                connection -> new NetworkLocation.OnHost(),
                inventory,
                settings,
                new Random(seed));
    }
}
