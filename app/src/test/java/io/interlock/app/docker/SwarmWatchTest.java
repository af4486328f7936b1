package io.interlock.app.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.SimulatedManager.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes that are told, lost, told twice, or cannot be looked at. */
@Tag("unit")
@Timeout(30)
class SwarmWatchTest {

    private static final String ONE = "01".repeat(32);
    private static final String TWO = "02".repeat(32);

    private SimulatedManager manager;
    private SwarmClient client;
    private EngineClient.Events events;

    @BeforeEach
    void start() throws IOException {
        manager = new SimulatedManager();
        client = manager.client(true);
        manager.service("s1", "80");
        manager.node("n1", "ready");
        manager.task("t1", "s1", ONE, 1, "running", "running");
        events = client.subscribe();
        client.runningContainers();
        Awaitility.await().until(() -> manager.subscriptions() == 1);
    }

    @AfterEach
    void stop() {
        events.close();
        client.close();
        manager.close();
    }

    @Test
    void aTaskOfAServiceThatIsToldOfIsFound() throws IOException {
        manager.task("t2", "s1", TWO, 1, "running", "running");
        manager.tell("service", "s1");

        assertThat(events.next().containerId()).isEqualTo(TWO);
    }

    @Test
    void aChangeThatNobodyTellsOfIsFound() throws IOException {
        manager.task("t1", "s1", ONE, 2, "running", "shutdown");

        assertThat(events.next().containerId()).isEqualTo(ONE);
    }

    @Test
    void aChangeThatIsToldTwiceIsOne() throws IOException {
        manager.service("s1", "8080");
        manager.tell("service", "s1");
        manager.tell("service", "s1");
        assertThat(events.next().containerId()).isEqualTo(ONE);
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(events.next().containerId()).isEqualTo(TWO);
    }

    @Test
    void aLeaderThatIsLostForAMomentIsWaitedForAndNoChangeIsForgotten() throws IOException {
        manager.says("/services/s1", SimulatedManager.FAILED);
        manager.service("s1", "8080");
        manager.tell("service", "s1");
        Awaitility.await().until(() -> manager.asked.getOrDefault("/services/s1", 0) >= 1);
        manager.recovers();

        assertThat(events.next().containerId()).isEqualTo(ONE);
        assertThat(client.inspect(ONE).orElseThrow().facts().labels()).containsEntry("interlock.port", "8080");
    }

    @Test
    void aMalformedAnswerForAMomentMakesNoTaskGo() throws IOException {
        manager.says("/services/s1", Answer.of("{}"));
        manager.tell("service", "s1");
        Awaitility.await().until(() -> manager.asked.getOrDefault("/services/s1", 0) >= 1);
        manager.recovers();
        manager.task("t2", "s1", TWO, 1, "running", "running");

        assertThat(events.next().containerId()).isEqualTo(TWO);
        assertThat(client.inspect(ONE)).map(Inspection::running).contains(true);
    }

    @Test
    void aManagerThatIsLostForLongerEndsTheSubscription() throws IOException {
        manager.says("/services/s1", SimulatedManager.FAILED);
        try (EngineClient.Events impatient = watch(Duration.ZERO)) {
            Awaitility.await().until(() -> manager.subscriptions() == 2);
            manager.tell("service", "s1");

            assertThatIOException().isThrownBy(impatient::next).withMessageContaining("deadline exceeded");
        }
    }

    @Test
    void aManagerThatGoesAwayEndsTheSubscription() {
        manager.close();

        assertThatIOException().isThrownBy(events::next);
    }

    @Test
    void aStreamOfChangesThatEndsOrBreaksEndsTheSubscription() throws IOException {
        manager.endStreams();
        assertThatIOException().isThrownBy(events::next);

        try (EngineClient.Events broken = client.subscribe()) {
            Awaitility.await().until(() -> manager.subscriptions() == 1);
            manager.send("}}}}\n");
            assertThatIOException().isThrownBy(broken::next);
        }
    }

    @Test
    void aSubscriptionThatIsClosedEnds() {
        events.close();

        assertThatIOException().isThrownBy(events::next);
    }

    @Test
    void whereChangesCannotBeSubscribedToTheEnginesEventsAreClosed() throws IOException {
        manager.says("/events", SimulatedManager.FAILED);

        try (EngineHttp http = manager.connect()) {
            CountedEvents ofEngine = new CountedEvents();
            assertThatIOException()
                    .isThrownBy(() ->
                            SwarmWatch.start(client, ofEngine, new HttpSwarm(http, Set.of()), Duration.ofSeconds(10)));
            assertThat(ofEngine.closed).isEqualTo(1);
        }
    }

    private EngineClient.Events watch(Duration patience) throws IOException {
        return SwarmWatch.start(client, client.own().subscribe(), new HttpSwarm(manager.connect(), Set.of()), patience);
    }

    private static final class CountedEvents implements EngineClient.Events {

        private int closed;

        @Override
        public EngineEvent next() throws IOException {
            throw new IOException("nothing happens here");
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
