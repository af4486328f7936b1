package io.interlock.app.docker.swarm;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.docker.swarm.SimulatedSwarmManager.Answer;
import io.interlock.app.docker.watch.EngineWatchStats;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.Inventory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a manager whose own containers are served beside tasks: a failure of its swarm affects nothing else. */
@Tag("unit")
@Timeout(120)
class SwarmFailureTest {

    private static final String TASK = "01".repeat(32);
    private static final String OWN = "aa".repeat(32);
    private static final String LATER = "bb".repeat(32);

    private final Inventory inventory = new Inventory(Set.of(SimulatedSwarmManager.ID));
    private SimulatedSwarmManager manager;
    private EngineWatcherManager fleet;

    @BeforeEach
    void prepare() throws IOException {
        manager = new SimulatedSwarmManager();
        manager.service("s1", "80");
        manager.node("n1", "ready");
        manager.task("t1", "s1", TASK, 1, "running", "running");
        manager.runs(OWN);
        fleet = new EngineWatcherManager(List.of(manager.config(Mode.AUTO)), inventory);
    }

    @AfterEach
    void stop() {
        fleet.close();
        manager.close();
    }

    @Test
    void aPlainEngineHasOneSubscriptionAndIsAskedNothingAboutSwarms() {
        manager.is("inactive", false);
        manager.says("/services", SimulatedSwarmManager.NO_MANAGER);
        fleet.start();
        awaitContainers(OWN);
        manager.runs(LATER);
        awaitContainers(OWN, LATER);

        assertThat(manager.asked).containsEntry("/events", 1).doesNotContainKeys("/services", "/tasks");
    }

    @Test
    void whatDoesNotLetItselfBeAskedWhatItIsIsAPlainEngine() {
        manager.says("/info", new Answer(403, "{}", false));
        fleet.start();
        awaitContainers(OWN);

        assertThat(manager.asked).doesNotContainKeys("/services", "/tasks");
    }

    @Test
    void aPlainEngineThatBecomesAManagerIsFollowedAsOneAtOnce() {
        manager.is("inactive", false);
        fleet.start();
        awaitContainers(OWN);

        manager.unlocks();

        awaitContainers(OWN, TASK);
    }

    @Test
    void aSwarmThatIsLockedAtTheStartDoesNotKeepTheEnginesContainersFromBeingServed() {
        manager.restartsLocked();
        fleet.start();
        awaitContainers(OWN);
        manager.runs(LATER);
        awaitContainers(OWN, LATER);
        manager.ends(OWN);
        awaitContainers(LATER);

        manager.unlocks();

        awaitContainers(LATER, TASK);
    }

    @Test
    void aSwarmThatIsLockedAfterARestartLeavesTheEnginesContainersAndWhatWasSeenOfTasks() {
        fleet.start();
        awaitContainers(OWN, TASK);

        manager.runs(LATER);
        manager.restartsLocked();
        manager.ends(OWN);

        awaitContainers(LATER, TASK);
        assertThat(view().connection()).isInstanceOf(Connection.Connected.class);
        manager.removeTask("t1");
        manager.unlocks();
        awaitContainers(LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "error"})
    void aManagerThatDoesNotKnowItsSwarmYetIsNotTakenForOneThatHasNone(String state) {
        fleet.start();
        awaitContainers(OWN, TASK);

        manager.restarts(state, SimulatedSwarmManager.NO_MANAGER);
        manager.runs(LATER);

        awaitContainers(OWN, LATER, TASK);
        manager.unlocks();
        manager.ends(OWN);
        awaitContainers(LATER, TASK);
    }

    @Test
    void aTaskOfTheEnginesOwnNodeThatHasEndedGoesAlsoWhileTheSwarmIsLocked() {
        manager.runs(TASK);
        fleet.start();
        awaitContainers(OWN, TASK);

        manager.restartsLocked();
        manager.ends(TASK);

        awaitContainers(OWN);
    }

    @Test
    void aSwarmThatFailsLeavesTheEnginesContainersFollowed() {
        fleet.start();
        awaitContainers(OWN, TASK);

        for (String path : List.of("/services", "/services/s1", "/tasks", "/tasks/t1", "/nodes/n1")) {
            manager.says(path, SimulatedSwarmManager.FAILED);
        }
        manager.tell("service", "s1");
        manager.endStreams();
        manager.runs(LATER);
        manager.ends(OWN);

        awaitContainers(LATER, TASK);
        assertThat(view().connection()).isInstanceOf(Connection.Connected.class);
        assertThat(fleet.counters().values())
                .extracting(EngineWatchStats::connects)
                .containsExactly(1L);
    }

    @Test
    void aSwarmThatTheEngineHasLeftTakesItsTasksAlong() {
        fleet.start();
        awaitContainers(OWN, TASK);

        manager.is("inactive", false);
        for (String path : List.of("/services", "/services/s1", "/tasks", "/tasks/t1")) {
            manager.says(path, SimulatedSwarmManager.NO_MANAGER);
        }
        manager.endStreams();

        awaitContainers(OWN);
    }

    private void awaitContainers(String... ids) {
        await().untilAsserted(() -> assertThat(containers()).containsOnlyKeys(ids));
    }

    private EngineSnapshot view() {
        return inventory.snapshot().engine(SimulatedSwarmManager.ID);
    }

    private Map<String, ContainerFacts> containers() {
        return view().containers();
    }
}
