package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.RandomTestRounds;
import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.client.EngineEvent.Kind;
import io.interlock.app.docker.watch.ContainerTracker.InspectOrder;
import io.interlock.app.docker.watch.InspectQueue.Cause;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ContainerTrackerTest {

    private static final int ROUNDS = RandomTestRounds.of(1_000, 10_000);
    private static final String ENGINE = InMemoryEngine.ID;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Inventory inventory = new Inventory(Set.of(ENGINE));
    private final ContainerTracker tracker = new ContainerTracker(ENGINE, inventory, EngineWatchParameters.DEFAULT);
    private final Deque<EngineEvent> emitted = new ArrayDeque<>();
    private final InMemoryEngine engine = new InMemoryEngine(emitted::add);
    private int changes;
    private int inspects;

    @Test
    void signalsToMoreContainersThanCanWaitLeadToAResync() {
        tracker.connecting();
        tracker.listing();
        for (int i = 0; i < 10_000; i++) {
            tracker.onEvent(new EngineEvent(Kind.KILLED, "c" + i, Instant.now(), "15"), 0);
        }
        assertThat(tracker.needsResync()).isTrue();
        tracker.listed(List.of());
        tracker.listing();
        tracker.listed(List.of());

        assertThat(tracker.needsResync()).isFalse();
    }

    @Test
    void nothingIsShownUntilAllThatRunsHasBeenInspectedThenAllAtOnce() {
        engine.start("a");
        engine.start("b");
        emitted.clear();
        inventory.onChange(() -> changes++);

        tracker.connecting();
        tracker.listing();
        tracker.listed(engine.running());
        InspectOrder first = tracker.next().orElseThrow();
        tracker.inspected(first, engine.inspect(first.ticket().containerId()), 0);
        assertThat(tracker.isComplete()).isFalse();
        inspectAll();
        assertThat(tracker.isComplete()).isTrue();
        assertThat(changes).isZero();
        tracker.publish(Instant.EPOCH, new NetworkLocation.OnHost());

        assertThat(changes).isEqualTo(1);
        assertThat(shown()).isEqualTo(engine.truth());
    }

    @Test
    void whatHappensBetweenSubscribingAndListingIsNotLost() {
        engine.start("a");
        engine.start("b");
        emitted.clear();
        tracker.connecting();
        tracker.listing();
        List<String> listed = engine.running();
        engine.stop("a");
        engine.start("c");
        engine.kill("b", "15");
        deliverAll();
        tracker.listed(listed);
        inspectAll();
        tracker.publish(Instant.EPOCH, new NetworkLocation.OnHost());

        assertThat(shown()).isEqualTo(engine.truth()).containsOnlyKeys("b", "c");
        assertThat(shown().values()).extracting(ContainerFacts::stopping).containsExactly(true, false);
    }

    @Test
    void aListedContainerThatCannotBeInspectedStaysAsItWasKnownBefore() {
        engine.start("a");
        engine.start("b");
        emitted.clear();
        Map<String, ContainerFacts> truth = engine.truth();
        inventory.restore(ENGINE, new NetworkLocation.OnHost(), truth);
        engine.stop("b");
        emitted.clear();
        tracker.connecting();
        tracker.listing();
        tracker.listed(engine.running());
        assertThat(tracker.failed(tracker.next().orElseThrow(), 0)).isTrue();
        tracker.publish(Instant.EPOCH, new NetworkLocation.OnHost());

        assertThat(shown()).containsOnlyKeys("a").isEqualTo(engine.truth());

        engine.stop("a");
        tracker.tick(2 * SECOND);
        inspectAll();
        assertThat(shown()).isEmpty();
    }

    @Test
    void anEndNeedsNoInspect() {
        connected("a");

        engine.stop("a");
        deliverAll();

        assertThat(shown()).isEmpty();
        inspectAll();
        assertThat(inspects).isZero();
    }

    @Test
    void aStartNeedsOne() {
        connected();

        engine.start("a");
        deliverAll();
        inspectAll();

        assertThat(shown()).containsOnlyKeys("a");
        assertThat(inspects).isEqualTo(1);
    }

    @Test
    void anEndThatComesAfterTheNextStartDoesNotEndIt() {
        connected("a");
        engine.die("a");
        List<EngineEvent> end = new ArrayList<>(emitted);
        emitted.clear();
        engine.start("a");
        deliverAll();
        inspectAll();

        end.forEach(event -> tracker.onEvent(event, 0));
        inspectAll();

        assertThat(shown()).isEqualTo(engine.truth()).containsOnlyKeys("a");
    }

    @Test
    void aRunThatEndsWhileItIsInspectedIsNeverShown() {
        connected();
        inventory.onChange(() -> changes++);
        engine.start("a");
        deliverAll();
        InspectOrder order = tracker.next().orElseThrow();
        Optional<ContainerInspection> answer = engine.inspect("a");
        engine.die("a");
        deliverAll();

        tracker.inspected(order, answer, 0);
        inspectAll();

        assertThat(shown()).isEmpty();
        assertThat(changes).isZero();
    }

    @Test
    void theStopSignalMarksAContainerAsStoppingWithoutAnInspect() {
        connected("a");

        engine.kill("a", "15");
        deliverAll();

        assertThat(shown()).isEqualTo(engine.truth());
        assertThat(shown().values()).extracting(ContainerFacts::stopping).containsExactly(true);
        inspectAll();
        assertThat(inspects).isZero();
    }

    @Test
    void anotherSignalDoesNot() {
        connected("a");
        inventory.onChange(() -> changes++);

        engine.kill("a", "1");
        engine.kill("a", "USR1");
        deliverAll();

        assertThat(changes).isZero();
        assertThat(tracker.next()).isEmpty();
    }

    @Test
    void aSignalToAContainerThatIsNotKnownYetIsJudgedOnceItIs() {
        connected();
        engine.start("a");
        engine.kill("a", "15");
        engine.kill("a", "1");
        deliverAll();
        inspectAll();

        assertThat(shown().values()).extracting(ContainerFacts::stopping).containsExactly(true);
    }

    @Test
    void whatStillRunsAfterItsStopTimeoutLivesOn() {
        connected("a");
        engine.kill("a", "15");
        deliverAll();
        long limit = InMemoryEngine.STOP_TIMEOUT
                .plus(EngineWatchParameters.DEFAULT.stopMargin())
                .toNanos();

        assertThat(tracker.nextDue()).hasValue(limit);
        tracker.tick(limit - 1);
        assertThat(tracker.next()).isEmpty();
        assertThat(shown().values()).extracting(ContainerFacts::stopping).containsExactly(true);
        tracker.tick(limit);
        inspectAll();

        assertThat(shown().values()).extracting(ContainerFacts::stopping).containsExactly(false);
        assertThat(tracker.nextDue()).isEmpty();
    }

    @Test
    void aContainerThatStartsAgainIsNotStopping() {
        connected("a");
        engine.stop("a");
        engine.start("a");
        deliverAll();
        inspectAll();

        assertThat(shown().values()).extracting(ContainerFacts::stopping).containsExactly(false);
    }

    @Test
    void aContainerThatIsGoneWhenInspectedIsRemoved() {
        connected("a");
        engine.rename("a", "b");
        deliverAll();
        engine.remove("a");
        emitted.clear();

        inspectAll();

        assertThat(shown()).isEmpty();
    }

    @Test
    void anInspectThatFailsIsMadeAgainLaterAndTheContainerIsKept() {
        connected("a");
        engine.rename("a", "renamed");
        deliverAll();
        InspectOrder order = tracker.next().orElseThrow();

        assertThat(tracker.failed(order, 0)).isTrue();
        assertThat(tracker.next()).isEmpty();
        assertThat(shown()).containsOnlyKeys("a");
        assertThat(tracker.nextDue()).hasValue(SECOND);
        tracker.tick(SECOND);
        InspectOrder again = tracker.next().orElseThrow();
        assertThat(again.ticket().cause()).isEqualTo(Cause.OTHER);
        assertThat(tracker.failed(again, SECOND))
                .as("only the first failure in a row")
                .isFalse();
        assertThat(tracker.nextDue()).hasValue(3 * SECOND);
        tracker.tick(3 * SECOND);
        inspectAll();

        assertThat(shown()).isEqualTo(engine.truth());
        assertThat(tracker.nextDue()).isEmpty();
    }

    @Test
    void aFailedInspectDoesNotHoldUpTheFirstState() {
        engine.start("a");
        tracker.connecting();
        tracker.listing();
        tracker.listed(engine.running());
        tracker.failed(tracker.next().orElseThrow(), 0);

        assertThat(tracker.isComplete()).isTrue();
    }

    @Test
    void aNetworkOfAContainerThatDoesNotRunCostsNothing() {
        connected();

        tracker.onEvent(new EngineEvent(Kind.NETWORK, "a", Instant.now(), ""), 0);

        assertThat(tracker.next()).isEmpty();
    }

    @Test
    void eventsOfTooManyContainersLeadToAResync() {
        connected();
        int tooMany = EngineWatchParameters.DEFAULT.maxDirty() + 10;
        for (int number = 0; number < tooMany; number++) {
            engine.start("c" + number);
        }
        deliverAll();
        assertThat(tracker.needsResync()).as("there is no room yet").isFalse();
        inspectAll();
        assertThat(shown()).hasSizeLessThan(tooMany);
        assertThat(tracker.needsResync()).isTrue();

        resync();

        assertThat(shown()).hasSize(tooMany).isEqualTo(engine.truth());
        assertThat(tracker.needsResync()).isFalse();
    }

    @Test
    void aNewConnectionForgetsWhatWasUnderWayAndShowsTheNewStateAtOnce() {
        connected("a", "b");
        inventory.onChange(() -> changes++);
        engine.rename("a", "x");
        deliverAll();
        assertThat(tracker.next()).isPresent();
        engine.remove("b");
        engine.start("c");
        emitted.clear();

        tracker.connecting();
        resync();
        assertThat(changes).isZero();
        tracker.publish(Instant.MAX, new NetworkLocation.OnHost());

        assertThat(changes).isEqualTo(1);
        assertThat(shown()).isEqualTo(engine.truth()).containsOnlyKeys("a", "c");
    }

    @Test
    void anyOrderOfEventsEndsInTheSameStateWithAtMostOneInspectEach() {
        for (int round = 0; round < ROUNDS; round++) {
            new Chaos(RandomGenerator.getDefault().nextLong()).reorderedAndDoubled();
        }
    }

    @Test
    void aResyncMakesGoodWhateverEventsWereLost() {
        for (int round = 0; round < ROUNDS; round++) {
            new Chaos(RandomGenerator.getDefault().nextLong()).lostAndResynced();
        }
    }

    private void connected(String... running) {
        for (String id : running) {
            engine.start(id);
        }
        emitted.clear();
        tracker.connecting();
        resync();
        tracker.publish(Instant.EPOCH, new NetworkLocation.OnHost());
        inspects = 0;
    }

    private void resync() {
        tracker.listing();
        tracker.listed(engine.running());
        inspectAll();
    }

    private void deliverAll() {
        while (!emitted.isEmpty()) {
            tracker.onEvent(emitted.remove(), 0);
        }
    }

    private void inspectAll() {
        for (Optional<InspectOrder> next = tracker.next(); next.isPresent(); next = tracker.next()) {
            inspects++;
            tracker.inspected(next.get(), engine.inspect(next.get().ticket().containerId()), 0);
        }
    }

    private Map<String, ContainerFacts> shown() {
        return new TreeMap<>(inventory.snapshot().engine(ENGINE).containers());
    }

    /** Engine with random actions, a stream with random delivery, and inspects of random duration. */
    private static final class Chaos {
        private final long seed;
        private final RandomGenerator random;
        private final Inventory inventory = new Inventory(Set.of(ENGINE));
        private final ContainerTracker tracker = new ContainerTracker(ENGINE, inventory, EngineWatchParameters.DEFAULT);
        private final List<EngineEvent> undelivered = new ArrayList<>();
        private final List<Answered> underWay = new ArrayList<>();
        private final InMemoryEngine engine = new InMemoryEngine(undelivered::add);
        private int delivered;
        private int inspectsOfEvents;

        private record Answered(InspectOrder order, Optional<ContainerInspection> answer) {}

        Chaos(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            tracker.connecting();
            tracker.listing();
            tracker.listed(List.of());
            tracker.publish(Instant.EPOCH, new NetworkLocation.OnHost());
        }

        void reorderedAndDoubled() {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> operate();
                    case 1, 2 -> deliverAny(random.nextInt(5) == 0);
                    default -> inspectAny();
                }
            }
            settle();
            check(engine.truth(), shown());
        }

        void lostAndResynced() {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(5)) {
                    case 0 -> operate();
                    case 1 -> deliverAny(false);
                    case 2 -> lose();
                    default -> inspectAny();
                }
            }
            tracker.listing();
            List<String> running = engine.running();
            operate();
            deliverAny(false);
            inspectAny();
            tracker.listed(running);
            settle();
            // A stop signal is reported by its event only.
            check(withoutStopping(engine.truth()), withoutStopping(shown()));
        }

        private void operate() {
            String id = List.of("a", "b", "c").get(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> engine.start(id);
                case 3 -> engine.die(id);
                case 4 -> engine.kill(id, random.nextBoolean() ? "15" : "1");
                case 5 -> engine.stop(id);
                case 6 -> engine.rename(id, "name" + random.nextInt(3));
                default -> {
                    if (random.nextBoolean()) {
                        engine.pause(id);
                    } else {
                        engine.remove(id);
                    }
                }
            }
        }

        private void deliverAny(boolean twice) {
            if (!undelivered.isEmpty()) {
                int which = random.nextInt(undelivered.size());
                EngineEvent event = twice ? undelivered.get(which) : undelivered.remove(which);
                delivered++;
                tracker.onEvent(event, 0);
            }
        }

        private void lose() {
            if (!undelivered.isEmpty()) {
                undelivered.remove(random.nextInt(undelivered.size()));
            }
        }

        private void inspectAny() {
            if (random.nextBoolean()) {
                tracker.next().ifPresent(order -> {
                    inspectsOfEvents += order.ticket().cause() == Cause.EVENT ? 1 : 0;
                    underWay.add(
                            new Answered(order, engine.inspect(order.ticket().containerId())));
                });
            } else if (!underWay.isEmpty()) {
                Answered answered = underWay.remove(random.nextInt(underWay.size()));
                tracker.inspected(answered.order(), answered.answer(), 0);
            }
        }

        private void settle() {
            int idle = 0;
            while (idle < 20) {
                boolean busy = !undelivered.isEmpty() || !underWay.isEmpty();
                deliverAny(false);
                inspectAny();
                idle = busy || !underWay.isEmpty() ? 0 : idle + 1;
            }
        }

        private Map<String, ContainerFacts> shown() {
            return inventory.snapshot().engine(ENGINE).containers();
        }

        private void check(Map<String, ContainerFacts> truth, Map<String, ContainerFacts> shown) {
            assertThat(shown).as("seed %d", seed).isEqualTo(truth);
            assertThat(inspectsOfEvents).as("seed %d", seed).isLessThanOrEqualTo(delivered);
        }

        private static Map<String, ContainerFacts> withoutStopping(Map<String, ContainerFacts> containers) {
            Map<String, ContainerFacts> without = new TreeMap<>(containers);
            without.replaceAll((id, facts) -> facts.withStopping(false));
            return without;
        }
    }
}
