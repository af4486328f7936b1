package io.interlock.app.docker.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.swarm.SimulatedSwarmManager.Answer;
import io.interlock.app.docker.swarm.SwarmApi.Change;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests tasks that start, change and end between two polls. */
@Tag("unit")
class SwarmEngineClientTest {

    private static final String ONE = "01".repeat(32);
    private static final String TWO = "02".repeat(32);
    private static final Change SERVICE = new Change(Change.Kind.SERVICE, "s1");
    private static final Change NODE = new Change(Change.Kind.NODE, "n1");

    private SimulatedSwarmManager manager;
    private EngineHttpClient http;
    private SwarmEngineClient client;

    @BeforeEach
    void start() throws IOException {
        manager = new SimulatedSwarmManager();
        http = manager.connect();
        client = SimulatedSwarmManager.client(http, true);
        manager.service("s1", "80");
        manager.node("n1", "ready");
        manager.task("t1", "s1", ONE, 1, "running", "running");
    }

    @AfterEach
    void stop() {
        http.close();
        manager.close();
    }

    @Test
    void aTaskThatRunsIsAContainer() throws IOException {
        assertThat(list(client)).containsExactly(ONE);
        ContainerInspection inspection = client.inspect(ONE).orElseThrow();
        assertThat(inspection.running()).isTrue();
        assertThat(inspection.facts().name()).isEqualTo("shop.1.t1");
        assertThat(client.serviceOf(ONE)).contains("s1");
    }

    @Test
    void theNumberOfContainersThatAreSeenBeforeTheirSwarmIsLimited() throws IOException {
        for (int i = 0; i < 1_100; i++) {
            String id = "%064x".formatted(i);
            manager.says(
                    "/containers/" + id + "/json",
                    Answer.of("{\"Id\":\"" + id + "\",\"State\":{\"Running\":true},"
                            + "\"Config\":{\"Labels\":{\"com.docker.swarm.task.id\":\"t1\"}}}"));
            client.inspect(id);
        }
        assertThat(client.takeUndecided()).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new",
                "allocated",
                "pending",
                "assigned",
                "accepted",
                "preparing",
                "ready",
                "starting",
                "complete",
                "shutdown",
                "failed",
                "rejected",
                "remove",
                "orphaned",
                ""
            })
    void aTaskInAnyStateButRunningIsNoContainer(String state) throws IOException {
        manager.task("t1", "s1", ONE, 1, state, "running");

        assertThat(list(client)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "shutdown", "failed", "rejected", "remove", "orphaned", ""})
    void aTaskThatEndsIsFoundEndedAndIsNotATaskAnyMore(String state) throws IOException {
        list(client);
        manager.task("t1", "s1", ONE, 2, state, "shutdown");

        assertThat(client.refresh("s1")).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(false);
        assertThat(client.serviceOf(ONE)).isEmpty();
        assertThat(client.refreshLeaving()).isEmpty();
    }

    @Test
    void aTaskThatIsToStopIsStoppingUntilItHasEnded() throws IOException {
        list(client);
        manager.task("t1", "s1", ONE, 2, "running", "shutdown");

        assertThat(client.refresh("s1")).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(it -> it.facts().stopping()).contains(true);
        assertThat(client.refreshLeaving()).isEmpty();
        manager.task("t1", "s1", ONE, 3, "complete", "shutdown");
        assertThat(client.refreshLeaving()).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(false);
    }

    @Test
    void aTaskThatCameAndWentBetweenTwoLooksWasNeverThere() throws IOException {
        list(client);
        manager.task("t2", "s1", TWO, 1, "running", "running");
        manager.removeTask("t2");

        assertThat(client.refresh("s1")).isEmpty();
        assertThat(client.serviceOf(TWO)).isEmpty();
    }

    @Test
    void aTaskThatAnotherHasReplacedBetweenTwoLooksIsGone() throws IOException {
        list(client);
        manager.removeTask("t1");
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(client.refresh("s1")).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(client.inspect(ONE)).isEmpty();
        assertThat(client.inspect(TWO)).map(ContainerInspection::running).contains(true);
    }

    @Test
    void aTaskThatIsSeenTwiceUnchangedIsNotInspectedAgain() throws IOException {
        list(client);

        assertThat(client.refresh("s1")).isEmpty();
        assertThat(client.refreshAll()).isEmpty();
        manager.task("t1", "s1", ONE, 2, "running", "running");
        assertThat(client.refreshAll()).containsExactly(ONE);
    }

    @Test
    void aServiceThatIsUpdatedHasItsTasksInspectedOnceHoweverOftenThatIsTold() throws IOException {
        list(client);
        manager.service("s1", "8080");

        assertThat(client.containersOf(SERVICE)).containsExactly(ONE);
        assertThat(client.containersOf(SERVICE)).isEmpty();
        assertThat(client.inspect(ONE).orElseThrow().facts().labels()).containsEntry("interlock.port", "8080");
    }

    @Test
    void aServiceThatIsRemovedTakesItsTasksAlong() throws IOException {
        list(client);
        manager.removeService("s1");

        assertThat(client.containersOf(SERVICE)).containsExactly(ONE);
        assertThat(client.inspect(ONE)).isEmpty();
        assertThat(client.refresh("s1")).isEmpty();
        assertThat(client.containersOf(SERVICE)).isEmpty();
    }

    @Test
    void aServiceThatIsRemovedAndMadeAnewBetweenTwoLooksIsTheNewOne() throws IOException {
        list(client);
        manager.removeService("s1");
        manager.removeTask("t1");
        manager.service("s2", "80");
        manager.task("t2", "s2", TWO, 1, "running", "running");

        assertThat(client.containersOf(SERVICE)).containsExactly(ONE);
        assertThat(client.containersOf(new Change(Change.Kind.SERVICE, "s2"))).isEmpty();
        assertThat(client.refresh("s2")).containsExactly(TWO);
        assertThat(client.inspect(ONE)).isEmpty();
    }

    @Test
    void besideContainersOnlyServicesThatCarryLabelsOfOursAreOfInterest() throws IOException {
        manager.service("s2", "");
        manager.task("t2", "s2", TWO, 1, "running", "running");

        SwarmEngineClient mixed = SimulatedSwarmManager.client(http, false);
        assertThat(list(mixed)).containsExactly(ONE);
        manager.service("s1", "");
        assertThat(mixed.containersOf(SERVICE)).containsExactly(ONE);
        assertThat(mixed.inspect(ONE)).isEmpty();
        assertThat(list(client)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void anEngineThatBecomesAManagerShowsItsTasks() throws IOException {
        manager.says("/services", new Answer(404, "{}", false));
        SwarmEngineClient mixed = SimulatedSwarmManager.client(http, false);
        assertThat(list(mixed)).isEmpty();
        manager.recovers();
        assertThat(list(mixed)).containsExactly(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "error", "locked"})
    void anEngineThatDoesNotKnowItsSwarmNowIsNotTakenForOneThatHasNone(String state) throws IOException {
        SwarmEngineClient mixed = SimulatedSwarmManager.client(http, false);
        list(mixed);
        manager.restarts(state, SimulatedSwarmManager.NO_MANAGER);

        assertThatIOException().isThrownBy(mixed::refresh);
        assertThat(mixed.containers()).containsExactly(ONE);
        manager.is("inactive", false);
        assertThat(list(mixed)).isEmpty();
    }

    @Test
    void anEngineThatComesToKnowItsSwarmBetweenTwoQuestionsKeepsItsTasks() throws IOException {
        SwarmEngineClient mixed = SimulatedSwarmManager.client(http, false);
        list(mixed);
        manager.restarts("error", SimulatedSwarmManager.NO_MANAGER);
        manager.unlocksWhenAskedForItsState();

        assertThat(list(mixed)).containsExactly(ONE);
    }

    @Test
    void whoWantsTasksAloneIsToldThatAnEngineManagesNoSwarm() {
        manager.says("/services", new Answer(404, "{}", false));

        assertThatIOException().isThrownBy(client::refresh).withMessageContaining("manages no swarm");
    }

    @Test
    void aFailureWhileATaskIsInspectedDoesNotMakeItGo() throws IOException {
        list(client);
        for (Answer answer : new Answer[] {SimulatedSwarmManager.FAILED, Answer.of("{}"), Answer.cut("{\"ID\"")}) {
            manager.says("/tasks/t1", answer);
            assertThatIOException().isThrownBy(() -> client.inspect(ONE));
        }
        manager.recovers();

        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(true);
    }

    @Test
    void aFailedLookChangesNothing() throws IOException {
        list(client);
        manager.says("/tasks", Answer.of("[null]"));
        assertThatIOException().isThrownBy(client::refreshAll);
        assertThatIOException().isThrownBy(() -> client.refresh("s1"));
        manager.recovers();

        assertThat(client.refreshAll()).isEmpty();
        assertThat(client.serviceOf(ONE)).contains("s1");
    }

    @Test
    void aChangeOfAServiceThatCouldNotBeReadIsSeenTheNextTime() throws IOException {
        list(client);
        manager.service("s1", "8080");
        manager.says("/services/s1", SimulatedSwarmManager.FAILED);
        assertThatIOException().isThrownBy(() -> client.containersOf(SERVICE));
        manager.recovers();

        assertThat(client.containersOf(SERVICE)).containsExactly(ONE);
    }

    @Test
    void aChangeOfANodeThatCouldNotBeReadIsSeenTheNextTime() throws IOException {
        list(client);
        Optional<ContainerInspection> onNode = client.inspect(ONE);
        manager.node("n1", "down");
        manager.says("/nodes/n1", SimulatedSwarmManager.FAILED);
        assertThatIOException().isThrownBy(() -> client.containersOf(NODE));
        manager.recovers();

        assertThat(onNode).isPresent();
        assertThat(client.containersOf(NODE)).containsExactly(ONE);
    }

    @Test
    void whatIsToStopOnANodeThatIsLostHasEnded() throws IOException {
        list(client);
        manager.task("t1", "s1", ONE, 2, "running", "shutdown");
        client.refresh("s1");
        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(true);
        manager.node("n1", "down");

        assertThat(client.containersOf(NODE)).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(false);
        assertThat(client.containersOf(NODE)).isEmpty();
    }

    @Test
    void whileTheSwarmCannotBeAskedWhatWasSeenLastHolds() throws IOException {
        list(client);
        ContainerInspection before = client.inspect(ONE).orElseThrow();
        client.unavailable();
        manager.says("/tasks/t1", SimulatedSwarmManager.FAILED);

        assertThat(client.inspect(ONE)).contains(before);
        assertThat(client.containers()).containsExactly(ONE);
        manager.runs(ONE);
        assertThat(client.inspect(ONE)).as("runs on the node that is asked").contains(before);
        manager.ends(ONE);
        assertThat(client.inspect(ONE)).map(ContainerInspection::running).contains(false);
        assertThat(client.containers()).isEmpty();
    }

    @Test
    void aTaskThatWasNeverInspectedIsNotTakenForGoneWhileTheSwarmCannotBeAsked() throws IOException {
        list(client);
        client.unavailable();

        assertThatIOException().isThrownBy(() -> client.inspect(ONE)).withMessageContaining("cannot be asked");
    }

    @Test
    void aListOfServicesIsTakenInWithoutOneBeingMissingMeanwhile() throws IOException {
        list(client);
        AtomicInteger missing = new AtomicInteger();
        SwarmView view = new SwarmView();
        SwarmService service = new HttpSwarmApi(http, Set.of()).service("s1").orElseThrow();
        view.replaceServices(List.of(service));
        Thread reader = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                if (!view.services().containsKey("s1")) {
                    missing.incrementAndGet();
                }
            }
        });
        for (int i = 0; i < 10_000; i++) {
            view.replaceServices(List.of(service));
        }
        reader.interrupt();

        assertThat(missing).hasValue(0);
        view.replaceServices(List.of());
        assertThat(view.services()).isEmpty();
    }

    private static Set<String> list(SwarmEngineClient client) throws IOException {
        client.refresh();
        return client.containers();
    }
}
