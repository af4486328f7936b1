package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final List<String> USUAL = List.of("option forwardfor");
    private static final List<String> OWN = List.of("option httpclose");
    private static final String SPARE = "interlock.spare-0001";
    private static final ServerSpec ONE = server("one", 80, 1);
    private static final ServerSpec TWO = server("two", 80, 1);

    @Test
    void whatDoesNotRunIsStarted() {
        assertThat(Planner.plan(new Running.Stopped(), wanted())).isEqualTo(new Plan.Start());
    }

    @Test
    void whatIsNotKnownIsReloaded() {
        assertThat(Planner.plan(new Running.Unknown("why"), wanted())).isEqualTo(new Plan.Reload("why"));
    }

    @Test
    void whatIsThereNeedsNothing() {
        assertThat(plan(wanted(backend("a", ONE)), wanted(backend("a", ONE)))).isEqualTo(new Plan.Nothing());
    }

    @Test
    void aServerComesBeforeAnotherOneGoes() {
        assertThat(steps(wanted(backend("a", ONE)), wanted(backend("a", TWO))))
                .containsExactly(new Step.AddServer("a", TWO), new Step.RemoveServer("a", "one"));
    }

    @Test
    void aServerThatDrainsIsWeighed() {
        ServerSpec draining = server("one", 80, 0);

        assertThat(steps(wanted(backend("a", ONE)), wanted(backend("a", draining))))
                .containsExactly(new Step.WeighServer("a", "one", 0));
        assertThat(steps(wanted(backend("a", draining)), wanted(backend("a", ONE))))
                .containsExactly(new Step.WeighServer("a", "one", 1));
    }

    @Test
    void aServerWithAnotherPortIsMoved() {
        ServerSpec moved = server("one", 81, 0);

        assertThat(steps(wanted(backend("a", ONE)), wanted(backend("a", moved))))
                .containsExactly(new Step.MoveServer("a", moved));
    }

    @Test
    void anotherCheckIntervalNeedsAReload() {
        ServerSpec other = new ServerSpec("one", ONE.address(), 80, 1, 1);

        assertThat(plan(wanted(backend("a", ONE)), wanted(backend("a", other))))
                .isInstanceOfSatisfying(
                        Plan.Reload.class, reload -> assertThat(reload.reason()).contains("check interval", "a/one"));
    }

    @Test
    void anotherFrameNeedsAReload() {
        Wanted other = new Wanted(new Frame("other", List.of(), false), List.of(), List.of());

        assertThat(plan(wanted(), other)).isInstanceOf(Plan.Reload.class);
    }

    @Test
    void theFirstWildcardOfItsDepthNeedsAReloadAndTheLastOneThatGoesDoesNot() {
        Wanted with = new Wanted(new Frame("frame", List.of(2), true), List.of(), List.of());

        assertThat(plan(wanted(), with)).isInstanceOf(Plan.Reload.class);
        assertThat(steps(with, wanted())).isEmpty();
    }

    @Test
    void aNewHostGetsASpareBackendAndItsServersBeforeItIsRouted() {
        Plan plan = plan(wanted(), wanted(backend("a", ONE)));

        assertThat(plan)
                .isEqualTo(new Plan.Steps(
                        List.of(new Step.AddServer(SPARE, ONE), new Step.AddEntry(key("a"), SPARE)),
                        Map.of("a", SPARE)));
    }

    @Test
    void aNewHostWithOptionsOfItsOwnNeedsAReload() {
        assertThat(plan(wanted(), wanted(new BackendSpec("a", OWN, List.of(), List.of()))))
                .isEqualTo(new Plan.Reload("no backend is declared for a"));
    }

    @Test
    void withoutASpareBackendANewHostNeedsAReload() {
        Served served = served(wanted());
        apply(served, wanted(backend("a", ONE)));

        assertThat(Planner.plan(new Running.Known(served), wanted(backend("a", ONE), backend("b", ONE))))
                .isInstanceOf(Plan.Reload.class);
        assertThat(Planner.wantsSpares(served)).isTrue();
    }

    @Test
    void aHostThatGoesIsNotRoutedAnyMoreWhenItsServersGo() {
        assertThat(steps(wanted(backend("a", ONE)), wanted()))
                .containsExactly(new Step.DeleteEntry(key("a")), new Step.RemoveServer("a", "one"));
    }

    @Test
    void aHostThatComesBackFindsItsOldBackend() {
        Served served = served(wanted(new BackendSpec("a", OWN, List.of(ONE), List.of())));
        apply(served, wanted());

        assertThat(Planner.plan(new Running.Known(served), wanted(new BackendSpec("a", OWN, List.of(TWO), List.of()))))
                .isEqualTo(new Plan.Steps(
                        List.of(new Step.AddServer("a", TWO), new Step.AddEntry(key("a"), "a")), Map.of("a", "a")));
    }

    @Test
    void aSpareBackendIsFreeAgainWhenTheLastServerHasGone() {
        Served served = served(wanted());
        apply(served, wanted(backend("a", ONE)));
        Plan.Steps plan = (Plan.Steps) Planner.plan(new Running.Known(served), wanted());

        served.note(plan, wanted(), Set.of(new Served.ServerKey(SPARE, "one")));
        assertThat(served.sparesLeft()).isZero();
        assertThat(served.leftovers()).containsExactly(new Served.ServerKey(SPARE, "one"));
        served.noteSwept(List.of(new Step.RemoveServer(SPARE, "one")), Set.of());

        assertThat(served.sparesLeft()).isEqualTo(1);
        assertThat(served.leftovers()).isEmpty();
    }

    @Test
    void aBackendWhoseOptionsChangeMovesWithItsHosts() {
        Wanted own = wanted(new BackendSpec("a", OWN, List.of(ONE), List.of()));

        assertThat(steps(own, wanted(backend("a", ONE))))
                .containsExactly(
                        new Step.AddServer(SPARE, ONE),
                        new Step.SetEntry(key("a"), SPARE),
                        new Step.RemoveServer("a", "one"));
    }

    private static void apply(Served served, Wanted wanted) {
        served.note((Plan.Steps) Planner.plan(new Running.Known(served), wanted), wanted, Set.of());
    }

    private static List<Step> steps(Wanted before, Wanted after) {
        return ((Plan.Steps) plan(before, after)).steps();
    }

    private static Plan plan(Wanted before, Wanted after) {
        return Planner.plan(new Running.Known(served(before)), after);
    }

    private static Served served(Wanted wanted) {
        return Served.loaded(wanted, List.of(SPARE), USUAL);
    }

    /** Each backend has a host of its name. */
    private static Wanted wanted(BackendSpec... backends) {
        List<HostSpec> hosts = Stream.of(backends)
                .map(backend ->
                        new HostSpec(backend.name(), List.of(new Entry(key(backend.name()), backend.name(), true))))
                .toList();
        return new Wanted(new Frame("frame", List.of(), false), List.of(backends), hosts);
    }

    private static Entry.Key key(String host) {
        return new Entry.Key(RouteMap.HOSTS, host);
    }

    private static BackendSpec backend(String name, ServerSpec... servers) {
        return new BackendSpec(name, USUAL, List.of(servers), List.of());
    }

    private static ServerSpec server(String name, int port, int weight) {
        return new ServerSpec(name, InetAddress.getLoopbackAddress(), port, 5000, weight);
    }
}
