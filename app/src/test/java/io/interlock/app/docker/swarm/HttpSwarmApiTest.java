package io.interlock.app.docker.swarm;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.swarm.SimulatedSwarmManager.Answer;
import io.interlock.app.docker.swarm.SwarmApi.Change;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the answers of a manager, including invalid ones. */
@Tag("unit")
class HttpSwarmApiTest {

    private static final String BOX = "ab".repeat(32);

    private SimulatedSwarmManager manager;
    private EngineHttpClient http;
    private SwarmApi swarm;

    @BeforeEach
    void start() throws IOException {
        manager = new SimulatedSwarmManager();
        http = manager.connect();
        swarm = new HttpSwarmApi(http, Set.of());
        manager.service("s1", "80");
        manager.node("n1", "ready");
        manager.task("t1", "s1", BOX, 1, "running", "running");
        manager.task("t2", "s1", "", 1, "pending", "running");
        manager.task("t3", "s1", BOX, 1, "running", "shutdown");
    }

    @AfterEach
    void stop() {
        http.close();
        manager.close();
    }

    @Test
    void whatIsThereIsFoundByItsId() throws IOException {
        assertThat(swarm.service("s1")).map(SwarmService::name).contains("shop");
        assertThat(swarm.node("n1")).map(SwarmNode::down).contains(false);
        assertThat(swarm.task("t1"))
                .map(task -> task.path("ServiceID").asText())
                .contains("s1");
    }

    @Test
    void aServiceWithTooLargeLabelsSaysSoAndAllTogetherAreLimited() throws IOException {
        String service = "{\"ID\":\"s%d\",\"Spec\":{\"Name\":\"x\",\"Labels\":{\"interlock.x\":\"%s\"}}}";
        manager.says("/services", Answer.of("[" + service.formatted(1, "x".repeat(700_000)) + "]"));
        assertThat(swarm.services().orElseThrow())
                .extracting(SwarmService::excess)
                .containsExactly(Optional.of("labels interlock.*"));

        String many = IntStream.range(0, 60)
                .mapToObj(i -> service.formatted(i, "x".repeat(300_000)))
                .collect(Collectors.joining(",", "[", "]"));
        manager.says("/services", Answer.of(many));
        assertThatIOException().isThrownBy(swarm::services).withMessageContaining("more than 16000000 characters");
    }

    @Test
    void whatIsNotThereIsNoFailure() throws IOException {
        assertThat(swarm.service("s2")).isEmpty();
        assertThat(swarm.node("n2")).isEmpty();
        assertThat(swarm.task("t9")).isEmpty();
        assertThat(swarm.desiredTasksOf("s2")).isEmpty();
    }

    @Test
    void onlyTasksThatAreMeantToRunAreListed() throws IOException {
        assertThat(swarm.desiredTasks()).extracting(SwarmTask::id).containsExactly("t1", "t2");
        assertThat(swarm.desiredTasksOf("s1")).extracting(SwarmTask::id).containsExactly("t1", "t2");
        assertThat(swarm.tasks(List.of("t3", "t4"))).extracting(SwarmTask::id).containsExactly("t3");
    }

    @Test
    void aServiceThatIsRemovedWhileItsTasksAreAskedForHasNone() throws IOException {
        manager.says("/tasks", new Answer(404, "{\"message\":\"service s1 not found\"}", false));

        assertThat(swarm.desiredTasksOf("s1")).isEmpty();
        assertThatIOException().isThrownBy(swarm::desiredTasks).withMessageContaining("404");
    }

    @Test
    void whatIsNoIdBecomesNoPartOfARequest() throws IOException {
        assertThat(swarm.service("../nodes/n1")).isEmpty();
        assertThat(swarm.task("")).isEmpty();
        assertThat(manager.asked).isEmpty();
    }

    @Test
    void anEngineThatSaysThatItIsNoManagerHasNoServices() throws IOException {
        manager.says("/services", SimulatedSwarmManager.NO_MANAGER);

        assertThat(swarm.services()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 406})
    void whoDoesNotLetTheQuestionPassHasNoServices(int status) throws IOException {
        manager.says("/services", new Answer(status, "{}", false));

        assertThat(swarm.services()).isEmpty();
    }

    @Test
    void aSwarmWithoutALeaderIsNotTakenForNone() {
        manager.says("/services", SimulatedSwarmManager.NO_LEADER);

        assertThatIOException()
                .isThrownBy(swarm::services)
                .withMessageContaining("list services")
                .withMessageContaining("does not have a leader");
    }

    @Test
    void anAnswer500IsNotTakenForASwarmWithoutServices() {
        manager.says("/services", new Answer(500, "{\"message\":\"not a swarm manager\"}", false));

        assertThatIOException().isThrownBy(swarm::services).withMessageContaining("500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "{\"ID\":\"s1\"}", "null", "\"text\"", "<html>", "[{\"ID\":\"s1\"}", "[null]", "[1]"})
    void aListOfServicesThatIsNoneIsAFailureRatherThanASwarmWithout(String body) {
        manager.says("/services", Answer.of(body));

        assertThatIOException().isThrownBy(swarm::services).withMessageContaining("list services");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "null", "<html>", "[{\"ID\":\"t1\"}", "[null]", "[null,{\"ID\":\"t1\"}]", "[{},1]"})
    void aListOfTasksThatIsNoneIsAFailureRatherThanAServiceWithout(String body) {
        manager.says("/tasks", Answer.of(body));

        assertThatIOException().isThrownBy(swarm::desiredTasks).withMessageContaining("list tasks");
        assertThatIOException().isThrownBy(() -> swarm.desiredTasksOf("s1")).withMessageContaining("list tasks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "<html>", "{\"ID\":", "{\"ID\":\"other\"}"})
    void anAnswerAboutSomethingElseIsAFailureRatherThanTheThing(String body) {
        manager.says("/services/s1", Answer.of(body));
        manager.says("/nodes/n1", Answer.of(body));
        manager.says("/tasks/t1", Answer.of(body));

        assertThatIOException().isThrownBy(() -> swarm.service("s1")).withMessageContaining("service s1");
        assertThatIOException().isThrownBy(() -> swarm.node("n1")).withMessageContaining("node n1");
        assertThatIOException().isThrownBy(() -> swarm.task("t1")).withMessageContaining("task t1");
    }

    @Test
    void anAnswerThatIsCutIsAFailure() {
        manager.says("/services", Answer.cut("[{\"ID\":\"s1\"}"));
        manager.says("/tasks", Answer.cut("[{\"ID\":\"t1\"}"));
        manager.says("/tasks/t1", Answer.cut("{\"ID\":\"t1\""));

        assertThatIOException().isThrownBy(swarm::services).withMessageStartingWith("list services");
        assertThatIOException().isThrownBy(swarm::desiredTasks).withMessageStartingWith("list tasks");
        assertThatIOException().isThrownBy(() -> swarm.task("t1")).withMessageStartingWith("task t1");
    }

    @Test
    void aManagerWhereNobodyListensIsAFailure() {
        manager.close();

        assertThatIOException().isThrownBy(swarm::services).withMessageContaining("refused");
        assertThatIOException().isThrownBy(swarm::subscribe).withMessageContaining("subscribe");
    }

    @Test
    void changesOfServicesAndNodesAreToldAndOthersAreNot() throws IOException {
        try (SwarmApi.ChangeSubscription changes = swarm.subscribe()) {
            await().until(() -> manager.subscriptions() == 1);
            manager.tell("network", "x1");
            manager.tell("service", "../s1");
            manager.send("{}");
            manager.tell("service", "s1");
            manager.tell("node", "n1");

            assertThat(changes.next()).isEqualTo(new Change(Change.Kind.SERVICE, "s1"));
            assertThat(changes.next()).isEqualTo(new Change(Change.Kind.NODE, "n1"));
        }
    }

    @Test
    void aStreamThatEndsOrBreaksIsAFailure() throws IOException {
        try (SwarmApi.ChangeSubscription broken = swarm.subscribe()) {
            await().until(() -> manager.subscriptions() == 1);
            manager.send("<html>");
            assertThatIOException().isThrownBy(broken::next);
        }
        try (SwarmApi.ChangeSubscription ended = swarm.subscribe()) {
            await().until(() -> manager.subscriptions() >= 1);
            manager.endStreams();
            assertThatIOException().isThrownBy(ended::next);
        }
    }
}
