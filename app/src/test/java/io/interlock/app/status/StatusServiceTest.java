package io.interlock.app.status;

import static io.interlock.app.AwaitTimeout.await;
import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.ContainerStatus.Outcome;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.InterlockEvent;
import io.interlock.api.status.InterlockEvent.Kind;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.LoadBalancerStatus.State;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StatusServiceTest {

    private final StatusFixture statusService = new StatusFixture();

    @AfterEach
    void close() {
        statusService.close();
    }

    @Test
    void beforeTheFirstLookNothingIsKnownAndInterlockIsNotReady() {
        InterlockStatus status = statusService.status.status();
        assertThat(status.ready()).isFalse();
        assertThat(status.topology().revision()).isZero();
        assertThat(status.loadBalancers())
                .singleElement()
                .extracting(LoadBalancerStatus::state)
                .isEqualTo(State.OPENING);
    }

    @Test
    void enginesAreShownAsTheyCanBeReached() {
        statusService
                .engine("b", new Connection.Unreachable(StatusFixture.NOW, "connection refused"))
                .engine("c", new Connection.Unknown(Optional.of("no route")))
                .runs(web("www.example.com"));
        List<EngineStatus> engines = statusService.status.status().engines();
        assertThat(engines)
                .extracting(EngineStatus::state)
                .containsExactly(
                        EngineStatus.State.UNREACHABLE, EngineStatus.State.UNKNOWN, EngineStatus.State.CONNECTED);
        assertThat(engines.getFirst().address()).isEqualTo("tcp://10.0.0.2:2376");
        assertThat(engines.getFirst().since()).contains(StatusFixture.NOW);
        assertThat(statusService.status.status().problems())
                .extracting(Problem::subject)
                .containsExactly("b", "c");
    }

    @Test
    void everyContainerHasAnOutcomeAndAReasonOfAFixedFew() {
        statusService.runs(
                web("a.example.com"),
                web("b.example.com").stopping(),
                web("c.example.com").health(Health.STARTING),
                web("d.example.com").data("{\"port\":0}"),
                named("e").exposes(80),
                web("f.example.com").data("{\"warm\":true}"),
                web("g.example.com").label("interlock.whatever-it-is", "x"));
        assertThat(statusService.status.status().containers())
                .extracting(ContainerStatus::outcome, ContainerStatus::reason)
                .containsExactly(
                        tuple(Outcome.SERVED, ""),
                        tuple(Outcome.DRAINING, ""),
                        tuple(Outcome.WAITING, "health"),
                        tuple(Outcome.LEFT_OUT, "port"),
                        tuple(Outcome.NOT_ADDRESSED, "hostname"),
                        tuple(Outcome.WAITING, "listening"),
                        tuple(Outcome.SERVED, ""));
    }

    @Test
    void aLoadBalancerIsBehindUntilItHasAppliedTheLatest() {
        statusService.runs(web("www.example.com"));
        assertThat(loadBalancer().state()).isEqualTo(State.SERVING);
        assertThat(statusService.status.status().ready()).isTrue();
        TopologySnapshot next =
                statusService.look(new NetworkLocation.OnHost(), web("www.example.com"), web("b.example.com"));
        assertThat(loadBalancer().state()).isEqualTo(State.BEHIND);
        statusService.applies(next, new Failed("HAProxy is gone"));
        LoadBalancerStatus failing = loadBalancer();
        assertThat(failing.state()).isEqualTo(State.FAILING);
        assertThat(failing.reason()).isEqualTo("HAProxy is gone");
        assertThat(failing.servedRevision()).isEqualTo(OptionalLong.of(1));
        assertThat(failing.applies())
                .extracting(LoadBalancerStatus.Tally::outcome, LoadBalancerStatus.Tally::count)
                .containsExactly(
                        tuple(LoadBalancerStatus.Outcome.RUNTIME, 1L), tuple(LoadBalancerStatus.Outcome.FAILED, 1L));
        assertThat(statusService.status.status().plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.state()).isEqualTo(PluginStatus.State.FAILING);
            assertThat(plugin.lastResult()).isEqualTo("revision 2: failed, 3 ms");
        });
    }

    @Test
    void reloadsAreCountedByTheirCause() {
        ReloadReason spare = new ReloadReason(ReloadCause.NO_SPARE_BACKEND, "www_example_com");
        TopologySnapshot desired = statusService.look(new NetworkLocation.OnHost(), web("www.example.com"));
        statusService.applies(
                desired, Applied.byReload(new ReloadReason(ReloadCause.UNKNOWN_STATE), Duration.ZERO, List.of()));
        statusService.applies(desired, Applied.byReload(spare, Duration.ZERO, List.of()));
        statusService.applies(desired, Applied.byReload(spare, Duration.ZERO, List.of()));

        assertThat(loadBalancer().reloads())
                .containsExactly(
                        new LoadBalancerStatus.ReloadTally(ReloadCause.UNKNOWN_STATE, 1),
                        new LoadBalancerStatus.ReloadTally(ReloadCause.NO_SPARE_BACKEND, 2));
        assertThat(loadBalancer().lastApply())
                .flatMap(LoadBalancerStatus.Apply::reloadReason)
                .contains(spare);
    }

    private LoadBalancerStatus loadBalancer() {
        return statusService.status.status().loadBalancers().getFirst();
    }

    @Test
    void aLoadBalancerThatCannotBeUsedMakesItsPluginUnusable() {
        statusService.plugin(PluginReport.State.UNUSABLE, "there is no haproxy on the PATH");
        assertThat(loadBalancer().state()).isEqualTo(State.UNUSABLE);
        assertThat(statusService.status.status().plugins().getFirst().state()).isEqualTo(PluginStatus.State.UNUSABLE);
        assertThat(statusService.status.status().problems())
                .extracting(Problem::reason)
                .contains("there is no haproxy on the PATH");
    }

    @Test
    void aSupersededJarIsNoProblem() {
        statusService.plugin(PluginReport.State.SUPERSEDED, "b.jar is used instead of a.jar");
        assertThat(statusService.status.status().plugins().getFirst().state()).isEqualTo(PluginStatus.State.SUPERSEDED);
        assertThat(statusService.status.status().problems()).isEmpty();
        assertThat(loadBalancer().state()).isNotEqualTo(State.UNUSABLE);
    }

    @Test
    void aStartADrainAndAnEndAreEvents() {
        statusService.runs(web("www.example.com"));
        awaitEvent(Kind.SERVER_ADDED);
        statusService.runs(web("www.example.com").stopping());
        awaitEvent(Kind.SERVER_DRAINING);
        statusService.runs();
        awaitEvent(Kind.SERVER_REMOVED);
        assertThat(statusService.status.events().latest())
                .filteredOn(event -> event.kind() == Kind.SERVER_ADDED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.subject()).isEqualTo("www-example-com");
                    assertThat(event.backendName()).contains("www_example_com");
                    assertThat(event.text()).isEqualTo("www.example.com at 172.17.0.2 port 8080");
                });
    }

    @Test
    void problemsComeAndGoAsEvents() {
        statusService.runs(web("www.example.com").paused());
        awaitEvent(Kind.PROBLEM);
        statusService.runs(web("www.example.com"));
        awaitEvent(Kind.PROBLEM_SOLVED);
    }

    private void awaitEvent(Kind kind) {
        await().until(() -> statusService.status.events().latest().stream().anyMatch(event -> event.kind() == kind));
    }

    @Test
    void whoFollowsEventsGetsEachOnceInOrder() throws InterruptedException {
        IntStream.range(0, 2).forEach(i -> statusService.plugin(PluginReport.State.UNUSABLE, "change " + i));
        List<InterlockEvent> first = statusService.status.events().after(0, Duration.ofSeconds(20));
        assertThat(first).extracting(InterlockEvent::sequence).containsExactly(1L, 2L, 3L);
        statusService.plugin(PluginReport.State.UNUSABLE, "one more");
        assertThat(statusService.status.events().after(3, Duration.ofSeconds(20)))
                .extracting(InterlockEvent::text)
                .containsExactly("version 2.0.0 unusable: one more");
        assertThat(statusService.status.events().after(4, Duration.ZERO)).isEmpty();
    }

    @Test
    void eventsAreBounded() {
        IntStream.range(0, InterlockEventLog.CAPACITY)
                .forEach(i -> statusService.plugin(PluginReport.State.UNUSABLE, "change " + i));
        assertThat(statusService.status.events().latest()).hasSize(InterlockEventLog.CAPACITY);
        assertThat(statusService.status.events().latest().getFirst().sequence()).isEqualTo(2);
    }

    @Test
    void nothingThatAContainerSaysReachesTheStatusUnprintable() {
        statusService.runs(named("x\u001b[2Jy").hostname("a\nb.example.com").data("{\"port\":\"\\u001b[31m\"}"));
        assertThat(statusService.status.status().containers().getFirst().name()).doesNotContain("\u001b");
        assertThat(statusService.status.status().problems())
                .isNotEmpty()
                .allSatisfy(
                        problem -> assertThat(problem.subject() + problem.value() + problem.reason() + problem.advice())
                                .doesNotContain("\u001b")
                                .doesNotContain("\n"));
        assertThat(statusService
                        .explain(
                                ContainerFactsBuilder.named("x\u001b[2Jy").key().shortId())
                        .summary())
                .doesNotContain("\u001b");
    }
}
