package io.interlock.app.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.SimulatedManager.Answer;
import io.interlock.app.docker.Swarm.Change;
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

/** Tasks that come, change and go between two looks. */
@Tag("unit")
class SwarmClientTest {

    private static final String ONE = "01".repeat(32);
    private static final String TWO = "02".repeat(32);
    private static final Change SERVICE = new Change(Change.Kind.SERVICE, "s1");
    private static final Change NODE = new Change(Change.Kind.NODE, "n1");

    private SimulatedManager manager;
    private EngineHttp http;
    private SwarmClient client;

    @BeforeEach
    void start() throws IOException {
        manager = new SimulatedManager();
        http = manager.connect();
        client = SimulatedManager.client(http, true);
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
        Inspection inspection = client.inspect(ONE).orElseThrow();
        assertThat(inspection.running()).isTrue();
        assertThat(inspection.facts().name()).isEqualTo("shop.1.t1");
        assertThat(client.serviceOf(ONE)).contains("s1");
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

        assertThat(client.lookAt("s1")).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(Inspection::running).contains(false);
        assertThat(client.serviceOf(ONE)).isEmpty();
        assertThat(client.lookAtLeaving()).isEmpty();
    }

    @Test
    void aTaskThatIsToStopIsStoppingUntilItHasEnded() throws IOException {
        list(client);
        manager.task("t1", "s1", ONE, 2, "running", "shutdown");

        assertThat(client.lookAt("s1")).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(it -> it.facts().stopping()).contains(true);
        assertThat(client.lookAtLeaving()).isEmpty();
        manager.task("t1", "s1", ONE, 3, "complete", "shutdown");
        assertThat(client.lookAtLeaving()).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(Inspection::running).contains(false);
    }

    @Test
    void aTaskThatCameAndWentBetweenTwoLooksWasNeverThere() throws IOException {
        list(client);
        manager.task("t2", "s1", TWO, 1, "running", "running");
        manager.removeTask("t2");

        assertThat(client.lookAt("s1")).isEmpty();
        assertThat(client.serviceOf(TWO)).isEmpty();
    }

    @Test
    void aTaskThatAnotherHasReplacedBetweenTwoLooksIsGone() throws IOException {
        list(client);
        manager.removeTask("t1");
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(client.lookAt("s1")).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(client.inspect(ONE)).isEmpty();
        assertThat(client.inspect(TWO)).map(Inspection::running).contains(true);
    }

    @Test
    void aTaskThatIsSeenTwiceUnchangedIsNotInspectedAgain() throws IOException {
        list(client);

        assertThat(client.lookAt("s1")).isEmpty();
        assertThat(client.lookAtAll()).isEmpty();
        manager.task("t1", "s1", ONE, 2, "running", "running");
        assertThat(client.lookAtAll()).containsExactly(ONE);
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
        assertThat(client.lookAt("s1")).isEmpty();
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
        assertThat(client.lookAt("s2")).containsExactly(TWO);
        assertThat(client.inspect(ONE)).isEmpty();
    }

    @Test
    void besideContainersOnlyServicesThatCarryLabelsOfOursAreOfInterest() throws IOException {
        manager.service("s2", "");
        manager.task("t2", "s2", TWO, 1, "running", "running");

        SwarmClient mixed = SimulatedManager.client(http, false);
        assertThat(list(mixed)).containsExactly(ONE);
        manager.service("s1", "");
        assertThat(mixed.containersOf(SERVICE)).containsExactly(ONE);
        assertThat(mixed.inspect(ONE)).isEmpty();
        assertThat(list(client)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void anEngineThatBecomesAManagerShowsItsTasks() throws IOException {
        manager.says("/services", new Answer(404, "{}", false));
        SwarmClient mixed = SimulatedManager.client(http, false);
        assertThat(list(mixed)).isEmpty();
        manager.recovers();
        assertThat(list(mixed)).containsExactly(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "error", "locked"})
    void anEngineThatDoesNotKnowItsSwarmNowIsNotTakenForOneThatHasNone(String state) throws IOException {
        SwarmClient mixed = SimulatedManager.client(http, false);
        list(mixed);
        manager.restarts(state, SimulatedManager.NO_MANAGER);

        assertThatIOException().isThrownBy(mixed::refresh);
        assertThat(mixed.containers()).containsExactly(ONE);
        manager.is("inactive", false);
        assertThat(list(mixed)).isEmpty();
    }

    @Test
    void whoWantsTasksAloneIsToldThatAnEngineManagesNoSwarm() {
        manager.says("/services", new Answer(404, "{}", false));

        assertThatIOException().isThrownBy(client::refresh).withMessageContaining("manages no swarm");
    }

    @Test
    void aFailureWhileATaskIsInspectedDoesNotMakeItGo() throws IOException {
        list(client);
        for (Answer answer : new Answer[] {SimulatedManager.FAILED, Answer.of("{}"), Answer.cut("{\"ID\"")}) {
            manager.says("/tasks/t1", answer);
            assertThatIOException().isThrownBy(() -> client.inspect(ONE));
        }
        manager.recovers();

        assertThat(client.inspect(ONE)).map(Inspection::running).contains(true);
    }

    @Test
    void aFailedLookChangesNothing() throws IOException {
        list(client);
        manager.says("/tasks", Answer.of("[null]"));
        assertThatIOException().isThrownBy(client::lookAtAll);
        assertThatIOException().isThrownBy(() -> client.lookAt("s1"));
        manager.recovers();

        assertThat(client.lookAtAll()).isEmpty();
        assertThat(client.serviceOf(ONE)).contains("s1");
    }

    @Test
    void aChangeOfAServiceThatCouldNotBeReadIsSeenTheNextTime() throws IOException {
        list(client);
        manager.service("s1", "8080");
        manager.says("/services/s1", SimulatedManager.FAILED);
        assertThatIOException().isThrownBy(() -> client.containersOf(SERVICE));
        manager.recovers();

        assertThat(client.containersOf(SERVICE)).containsExactly(ONE);
    }

    @Test
    void aChangeOfANodeThatCouldNotBeReadIsSeenTheNextTime() throws IOException {
        list(client);
        Optional<Inspection> onNode = client.inspect(ONE);
        manager.node("n1", "down");
        manager.says("/nodes/n1", SimulatedManager.FAILED);
        assertThatIOException().isThrownBy(() -> client.containersOf(NODE));
        manager.recovers();

        assertThat(onNode).isPresent();
        assertThat(client.containersOf(NODE)).containsExactly(ONE);
    }

    @Test
    void whatIsToStopOnANodeThatIsLostHasEnded() throws IOException {
        list(client);
        manager.task("t1", "s1", ONE, 2, "running", "shutdown");
        client.lookAt("s1");
        assertThat(client.inspect(ONE)).map(Inspection::running).contains(true);
        manager.node("n1", "down");

        assertThat(client.containersOf(NODE)).containsExactly(ONE);
        assertThat(client.inspect(ONE)).map(Inspection::running).contains(false);
        assertThat(client.containersOf(NODE)).isEmpty();
    }

    @Test
    void whileTheSwarmCannotBeAskedWhatWasSeenLastHolds() throws IOException {
        list(client);
        Inspection before = client.inspect(ONE).orElseThrow();
        client.unavailable();
        manager.says("/tasks/t1", SimulatedManager.FAILED);

        assertThat(client.inspect(ONE)).contains(before);
        assertThat(client.containers()).containsExactly(ONE);
        manager.runs(ONE);
        assertThat(client.inspect(ONE)).as("runs on the node that is asked").contains(before);
        manager.ends(ONE);
        assertThat(client.inspect(ONE)).map(Inspection::running).contains(false);
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
        SwarmService service = new HttpSwarm(http, Set.of()).service("s1").orElseThrow();
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

    private static Set<String> list(SwarmClient client) throws IOException {
        client.refresh();
        return client.containers();
    }
}
