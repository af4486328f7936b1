package io.interlock.app.docker.watch;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.util.IpLiteral;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class EngineWatcherTest {

    private static final String ENGINE = InMemoryEngine.ID;
    private static final Duration LONG = Duration.ofHours(1);

    private final FaultyEngineConnector engine = new FaultyEngineConnector();
    private final Inventory inventory = new Inventory(Set.of(ENGINE));
    private EngineWatcher watcher = watcher(settings(Duration.ofMillis(20), LONG));

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void whatRanBeforeIsThereAndWhatStartsLaterFollows() {
        engine.model.start("before");
        watcher.start();
        awaitTruth();

        engine.model.start("later");
        awaitTruth();
        engine.model.stop("before");
        awaitTruth();

        assertThat(containers()).containsOnlyKeys("later");
        assertThat(view().connection()).isInstanceOf(Connection.Connected.class);
        assertThat(view().location()).isEqualTo(new NetworkLocation.OnHost());
    }

    @Test
    void whatStartsOrEndsWhileTheListIsOnItsWayIsNotLost() {
        engine.model.start("ends");
        AtomicBoolean once = new AtomicBoolean(true);
        engine.afterEachList(() -> {
            if (once.getAndSet(false)) {
                engine.model.stop("ends");
                engine.model.start("starts");
            }
        });

        watcher.start();

        awaitTruth();
        assertThat(containers()).containsOnlyKeys("starts");
    }

    @Test
    void anEngineThatIsDownAtTheStartIsFoundWhenItComesUp() {
        engine.goDown();
        engine.model.start("a");
        watcher.start();
        await().until(() -> engine.attempts.get() > 3);
        assertThat(view().connection()).isEqualTo(new Connection.Unknown(Optional.of("scripted: refused")));

        engine.comeUp();

        awaitTruth();
        assertThat(containers()).containsOnlyKeys("a");
    }

    @Test
    void whileTheEngineIsDownItsContainersStayAndThenTheyAreSynchronised() {
        engine.model.start("stays");
        engine.model.start("goes");
        watcher.start();
        awaitTruth();

        engine.goDown();
        await().until(() -> view().connection() instanceof Connection.Unreachable);
        Connection lost = view().connection();
        engine.model.remove("goes");
        engine.model.start("comes");
        int attempts = engine.attempts.get();
        await().until(() -> engine.attempts.get() > attempts + 2);
        assertThat(containers()).containsOnlyKeys("stays", "goes");
        assertThat(view().connection()).isEqualTo(lost);
        engine.comeUp();

        awaitTruth();
        assertThat(containers()).containsOnlyKeys("stays", "comes");
        assertThat(watcher.counters().connects()).isEqualTo(2);
    }

    @Test
    void aStreamThatIsOpenButSilentIsNoticed() {
        watcher.start();
        awaitTruth();

        engine.fallSilent();
        engine.model.start("unheard");

        await().until(() -> view().connection() instanceof Connection.Unreachable);
        engine.comeUp();
        awaitTruth();
        assertThat(containers()).containsOnlyKeys("unheard");
    }

    @Test
    void aSubscriptionThatDiedUnnoticedIsReplacedAtTheNextResync() {
        watcher = watcher(settings(LONG, Duration.ofMillis(30)));
        watcher.start();
        awaitTruth();
        engine.loseEventsOf(() -> engine.model.start("unheard"));
        awaitTruth();
        int subscriptions = engine.subscriptions.get();
        await().until(() -> engine.subscriptions.get() > subscriptions + 2);
        assertThat(watcher.counters().connects()).isEqualTo(1);
        assertThat(containers()).containsOnlyKeys("unheard");
    }

    @Test
    void oneThatCannotBeInspectedHarmsNobodyAndIsTriedAgain() {
        engine.makeSick("sick");
        engine.model.start("sick");
        engine.model.start("well");
        watcher.start();
        await().until(() -> containers().containsKey("well"));
        engine.model.start("another");
        await().until(() -> containers().containsKey("another"));
        assertThat(containers()).doesNotContainKey("sick");

        engine.heal("sick");

        awaitTruth();
        assertThat(containers()).containsOnlyKeys("sick", "well", "another");
        assertThat(watcher.counters().connects()).isEqualTo(1);
    }

    @Test
    void everyEventCostsAtMostOneInspectAlsoOfFiftyContainers() {
        for (int number = 0; number < 50; number++) {
            engine.model.start("c" + number);
        }
        watcher.start();
        awaitTruth();
        assertThat(engine.inspects).hasValue(50);

        for (int number = 0; number < 50; number++) {
            engine.model.start("new" + number);
        }
        awaitTruth();
        await().until(() -> watcher.counters().events() == 100);

        assertThat(engine.inspects)
                .as("one for each start, none for its network")
                .hasValue(100);
        assertThat(watcher.counters()).isEqualTo(new EngineWatchStats(100, 50, 50, 1, 1));
    }

    @Test
    void aContainerThatOutlivesItsStopSignalIsLookedAtAgain() {
        List<Boolean> stopping = new CopyOnWriteArrayList<>();
        engine.model.start("a");
        watcher.start();
        awaitTruth();
        inventory.onChange(() -> containers().values().forEach(container -> stopping.add(container.stopping())));

        engine.model.kill("a", "15");

        await().untilAsserted(() -> assertThat(stopping).containsExactly(true, false));
    }

    @Test
    void afterCloseNothingChangesAnyMore() {
        watcher.start();
        awaitTruth();

        watcher.close();
        engine.model.start("late");

        assertThat(engine.subscriptions).hasValue(1);
        assertThat(containers()).isEmpty();
        assertThat(view().connection()).isInstanceOf(Connection.Connected.class);
    }

    @Test
    void aFailingVantageIsAFailedConnection() {
        AtomicBoolean unknown = new AtomicBoolean(true);
        watcher = new EngineWatcher(
                ENGINE,
                engine,
                client -> {
                    if (unknown.get()) {
                        throw new UnknownHostException("engine.example.com");
                    }
                    return new NetworkLocation.OnHost();
                },
                inventory,
                settings(LONG, LONG),
                RandomGenerator.getDefault());
        watcher.start();
        await().until(() -> engine.attempts.get() > 2);
        assertThat(view().connection()).isInstanceOf(Connection.Unknown.class);

        unknown.set(false);

        awaitTruth();
    }

    @Test
    void aGuessedLocationIsDetectedAgainWithEachListUntilItIsProven() {
        NetworkLocation guess = new NetworkLocation.InContainer(Set.of(), Optional.empty());
        AtomicReference<NetworkLocation> found = new AtomicReference<>(guess);
        AtomicInteger looks = new AtomicInteger();
        watcher = new EngineWatcher(
                ENGINE,
                engine,
                client -> {
                    looks.incrementAndGet();
                    return found.get();
                },
                inventory,
                settings(LONG, Duration.ofMillis(20)),
                RandomGenerator.getDefault());
        watcher.start();
        await().until(() -> looks.get() > 3);
        assertThat(view().location()).isEqualTo(guess);

        found.set(new NetworkLocation.OnHost());

        await().until(() -> view().location().equals(new NetworkLocation.OnHost()));
        int proven = looks.get();
        int subscriptions = engine.subscriptions.get();
        await().until(() -> engine.subscriptions.get() > subscriptions + 3);
        assertThat(looks).hasValue(proven);
    }

    @Test
    void aGuessIsDetectedAgainOnceThisHostHasTheInterfaceOfAContainersNetwork() {
        AtomicReference<NetworkLocation> found = new AtomicReference<>(
                new NetworkLocation.Separate(NetworkLocation.Separation.NAMESPACE, "", List.of(), false));
        watcher = new EngineWatcher(
                ENGINE, engine, client -> found.get(), inventory, settings(LONG, LONG), RandomGenerator.getDefault());
        watcher.start();
        awaitTruth();
        found.set(new NetworkLocation.OnHost());

        engine.model.joinAs(
                "first",
                new NetworkAttachment("podman", "podman", Optional.of(IpLiteral.of("10.88.0.2")), Optional.empty())
                        .withEvidence(new NetworkAttachment.Evidence(
                                "bridge", RouteEvidence.INTERFACE, RouteEvidence.UNKNOWN)));
        engine.model.start("first");

        await().until(() -> view().location().equals(new NetworkLocation.OnHost()));
    }

    private static EngineWatchParameters settings(Duration ping, Duration resync) {
        return new EngineWatchParameters(
                ping,
                2,
                resync,
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                8,
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                1_000);
    }

    private EngineWatcher watcher(EngineWatchParameters settings) {
        return new EngineWatcher(
                ENGINE,
                engine,
                client -> new NetworkLocation.OnHost(),
                inventory,
                settings,
                RandomGenerator.getDefault());
    }

    private void awaitTruth() {
        await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            assertThat(view().connection()).isInstanceOf(Connection.Connected.class);
            assertThat(containers()).isEqualTo(engine.model.truth());
        });
    }

    private EngineSnapshot view() {
        return inventory.snapshot().engine(ENGINE);
    }

    private Map<String, ContainerFacts> containers() {
        return view().containers();
    }
}
