package io.interlock.app.docker.swarm;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.swarm.SimulatedSwarmManager.Answer;
import io.interlock.app.inventory.FactSelection;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests changes that are reported, lost, reported twice, or cannot be inspected. */
@Tag("unit")
@Timeout(120)
class SwarmWatcherTest {

    private static final String ONE = "01".repeat(32);
    private static final String TWO = "02".repeat(32);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final RecordingTaskListener found = new RecordingTaskListener();
    private SimulatedSwarmManager manager;
    private EngineHttpClient http;
    private SwarmEngineClient client;
    private SwarmWatcher watch;

    @BeforeEach
    void start() throws IOException {
        manager = new SimulatedSwarmManager();
        http = manager.connect();
        manager.service("s1", "80");
        manager.node("n1", "ready");
        manager.task("t1", "s1", ONE, 1, "running", "running");
        client = SimulatedSwarmManager.client(http, true);
        watch = watch(true, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        watch.close();
        http.close();
        manager.close();
    }

    @Test
    void aTaskOfAServiceThatIsToldOfIsFound() throws Exception {
        list();
        manager.task("t2", "s1", TWO, 1, "running", "running");
        manager.tell("service", "s1");

        assertThat(found.next()).isEqualTo(TWO);
    }

    @Test
    void aChangeThatNobodyTellsOfIsFound() throws Exception {
        list();
        manager.task("t1", "s1", ONE, 2, "running", "shutdown");

        assertThat(found.next()).isEqualTo(ONE);
    }

    @Test
    void aChangeThatIsToldTwiceIsOne() throws Exception {
        list();
        manager.service("s1", "8080");
        manager.tell("service", "s1");
        manager.tell("service", "s1");
        assertThat(found.next()).isEqualTo(ONE);
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(found.next()).isEqualTo(TWO);
    }

    @Test
    void aLeaderThatIsLostForAMomentIsWaitedForAndNoChangeIsForgotten() throws Exception {
        list();
        manager.says("/services/s1", SimulatedSwarmManager.FAILED);
        manager.service("s1", "8080");
        manager.tell("service", "s1");
        await().until(() -> manager.asked.getOrDefault("/services/s1", 0) >= 1);
        manager.recovers();

        assertThat(found.next()).isEqualTo(ONE);
        assertThat(client.inspect(ONE).orElseThrow().facts().labels()).containsEntry("interlock.port", "8080");
    }

    @Test
    void aMalformedAnswerForAMomentMakesNoTaskGo() throws Exception {
        list();
        manager.says("/services/s1", Answer.of("{}"));
        manager.tell("service", "s1");
        await().until(() -> manager.asked.getOrDefault("/services/s1", 0) >= 1);
        manager.recovers();
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(found.next()).isEqualTo(TWO);
        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(true);
    }

    @Test
    void aServiceThatCannotBeReadHoldsUpNoOther() throws Exception {
        manager.service("s2", "80");
        list();
        manager.says("/services/s1", SimulatedSwarmManager.FAILED);
        manager.tell("service", "s1");
        await().until(() -> manager.asked.getOrDefault("/services/s1", 0) >= 1);
        manager.task("t2", "s2", TWO, 1, "running", "running");
        manager.tell("service", "s2");

        assertThat(found.next()).isEqualTo(TWO);
        assertThat(found.failures).isEmpty();
    }

    @Test
    void aManagerThatIsLostForLongerEndsTheWatchOfTasksOnly() throws Exception {
        watch = watch(true, Duration.ZERO);
        list();
        manager.says("/services/s1", SimulatedSwarmManager.FAILED);
        manager.tell("service", "s1");

        assertThat(found.failure()).hasMessageContaining("deadline exceeded");
    }

    @Test
    void aManagerThatGoesAwayEndsTheWatchOfTasksOnly() throws Exception {
        list();
        manager.close();

        assertThat(found.failure()).isNotNull();
        assertThatIOException().isThrownBy(() -> watch.list(LIMIT));
    }

    @Test
    void aStreamOfChangesThatEndsOrBreaksEndsTheWatchOfTasksOnly() throws Exception {
        list();
        manager.endStreams();
        assertThat(found.failure()).isNotNull();

        watch = watch(true, Duration.ofSeconds(10));
        list();
        manager.send("}}}}\n");
        assertThat(found.failure()).isNotNull();
    }

    @Test
    void whereChangesCannotBeSubscribedToNothingIsListed() {
        manager.says("/events", SimulatedSwarmManager.FAILED);

        assertThatIOException().isThrownBy(() -> watch.list(LIMIT)).withMessageContaining("deadline exceeded");
    }

    @Test
    void besideOwnContainersTasksStayWhileTheSwarmIsLostAndAreListedOnceItIsBack() throws Exception {
        watch = watch(false, Duration.ZERO);
        list();
        manager.says("/services", SimulatedSwarmManager.LOCKED);
        manager.says("/tasks", SimulatedSwarmManager.FAILED);
        manager.endStreams();
        await().until(() -> manager.asked.getOrDefault("/services", 0) >= 3);

        assertThat(watch.list(LIMIT))
                .as("does not wait, for there is something from before")
                .containsExactly(ONE);
        assertThat(found.failures).isEmpty();
        int before = found.outdated.get();
        manager.task("t2", "s1", TWO, 1, "running", "running");
        manager.recovers();
        await().until(() -> found.outdated.get() > before);
        assertThat(watch.list(LIMIT)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void aSwarmThatDoesNotAnswerIsNotWaitedForLongerThanTheLimit() throws Exception {
        manager.isSilentAt("/services");
        watch = watch(false, Duration.ofSeconds(10));

        assertThat(watch.list(SHORT)).isEmpty();
        assertThat(watch.list(Duration.ZERO)).isEmpty();
        assertThat(found.failures).isEmpty();
    }

    @Test
    void aSwarmThatFailsAtFirstIsWaitedForWithinTheLimit() throws Exception {
        manager.says("/services", SimulatedSwarmManager.FAILED);
        watch = watch(false, Duration.ofSeconds(10));
        Thread recovery = Thread.ofVirtual().start(() -> {
            await().until(() -> manager.asked.getOrDefault("/services", 0) >= 2);
            manager.recovers();
        });

        assertThat(watch.list(LIMIT)).containsExactly(ONE);
        recovery.join();
    }

    @Test
    void moreChangesThanCanWaitLeadToANewList() throws Exception {
        list();
        int before = found.outdated.get();
        manager.isSilentAt("/services/s1");
        manager.tell("service", "s1");
        await().until(() -> manager.asked.getOrDefault("/services/s1", 0) >= 1);
        // Again, if the watcher has read too few of them when the silence ends.
        await().until(() -> {
            for (int i = 0; i < 3_000; i++) {
                manager.tell("service", "x" + i);
            }
            manager.silenceEnds();
            return found.outdated.get() > before;
        });
    }

    @Test
    void eachListIsAskedForAnew() throws Exception {
        list();
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(watch.list(LIMIT)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void aWatchThatIsClosedTellsNothingMore() throws Exception {
        list();
        watch.close();
        await().until(() -> {
            manager.send("{}\n");
            return manager.subscriptions() == 0;
        });

        assertThat(found.failures).isEmpty();
        assertThat(found.outdated).hasValue(0);
    }

    private void list() throws IOException {
        assertThat(watch.list(LIMIT)).containsExactly(ONE);
        await().until(() -> manager.subscriptions() >= 1);
    }

    private SwarmWatcher watch(boolean tasksOnly, Duration patience) {
        client = SimulatedSwarmManager.client(http, tasksOnly);
        return new SwarmWatcher(
                SimulatedSwarmManager.ID,
                client,
                new HttpSwarmApi(http, FactSelection.OWN),
                new SwarmWatcher.Settings(tasksOnly, patience),
                found);
    }
}
