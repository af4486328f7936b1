package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PlannerTest {

    private static final List<String> USUAL = List.of("option forwardfor");
    private static final List<String> OWN = List.of("option httpclose");
    private static final Declaration CHECKED = new Declaration(List.of("option httpchk"), true);
    private static final String SPARE = "interlock.spare-0001";
    private static final ServerSpec ONE = server("one", 80, 1);
    private static final ServerSpec TWO = server("two", 80, 1);

    @Test
    void whatDoesNotRunIsStarted() {
        assertThat(Planner.plan(new Running.Stopped(), wanted())).isEqualTo(new Plan.Start());
    }

    @Test
    void whatIsNotKnownIsReloaded() {
        assertThat(Planner.plan(new Running.Unknown("why"), wanted()))
                .isEqualTo(new Plan.Reload(new ReloadReason(ReloadCause.UNKNOWN_STATE, "why")));
        assertThat(Planner.plan(new Running.Damaged("what"), wanted()))
                .isEqualTo(new Plan.Reload(new ReloadReason(ReloadCause.DAMAGED_PROXY, "what")));
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
    void aServerWithAnotherCheckIntervalTakesThePlaceOfTheOldOne() {
        ServerSpec other = new ServerSpec("one", ONE.address(), 80, 1, 1);
        Served served = served(wanted(backend("a", ONE)));

        assertThat(apply(served, wanted(backend("a", other))))
                .containsExactly(new Step.AddServer("a", other.variant(2)), new Step.RemoveServer("a", "one"));
        assertThat(apply(served, wanted(backend("a", other), backend("b", ONE))))
                .noneMatch(
                        step -> step instanceof Step.OnServer on && on.place().equals("a"));
        assertThat(apply(served, wanted(backend("a", ONE))))
                .contains(new Step.AddServer("a", ONE), new Step.RemoveServer("a", "one:2"));
    }

    @Test
    void aCheckIntervalThatChangesAgainAndAgainWhileConnectionsStayNeedsAReloadInTheEnd() {
        Served served = served(wanted(backend("a", ONE)));
        for (int interval = 1; interval < 9; interval++) {
            note(served, wanted(backend("a", new ServerSpec("one", ONE.address(), 80, interval, 1))), true);
        }

        assertThat(Planner.plan(
                        new Running.Known(served),
                        wanted(backend("a", new ServerSpec("one", ONE.address(), 80, 9, 1)))))
                .isInstanceOfSatisfying(
                        Plan.Reload.class,
                        reload -> assertThat(reload.reason())
                                .isEqualTo(new ReloadReason(ReloadCause.CHECK_INTERVAL_CHANGED, "server a/one")));
    }

    @Test
    void aNewHostWithTheUsualCheckGetsASpareBackendThatLooksUpWhatToAskFor() {
        Served served = Served.loaded(
                wanted(), List.of(new Spare(SPARE, new Declaration(USUAL, false)), new Spare("checked", CHECKED)));

        assertThat(apply(served, wanted(checked("a", "/health", ONE))))
                .containsExactly(
                        new Step.AddEntry(check("checked"), "/health"),
                        new Step.AddServer("checked", ONE),
                        new Step.AddEntry(key("a"), "checked"));
        assertThat(apply(served, wanted(checked("a", "/other", ONE))))
                .containsExactly(new Step.SetEntry(check("checked"), "/other"));
        assertThat(apply(served, wanted()))
                .containsExactly(
                        new Step.DeleteEntry(key("a")),
                        new Step.RemoveServer("checked", "one"),
                        new Step.DeleteEntry(check("checked")));
    }

    @Test
    void whatBackendsWantBesidesTheUsualHasSpareBackendsFromThenOn() {
        Wanted wanted = wanted(new BackendSpec("a", OWN, List.of(), List.of()));
        List<Spare> spares = SpareBackends.of(4, List.of(new Declaration(USUAL, false)), wanted.backends());
        assertThat(spares.stream().map(spare -> spare.declaration().directives()))
                .containsExactly(USUAL, USUAL, USUAL, USUAL, OWN, OWN);
        Served served = Served.loaded(wanted, spares);
        BackendSpec another = new BackendSpec("b", OWN, List.of(ONE), List.of());

        assertThat(Planner.plan(
                        new Running.Known(served), wanted(new BackendSpec("a", OWN, List.of(), List.of()), another)))
                .isEqualTo(new Plan.Steps(
                        List.of(
                                new Step.AddServer("interlock.spare-0005", ONE),
                                new Step.AddEntry(key("b"), "interlock.spare-0005")),
                        Map.of("b", "interlock.spare-0005")));
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
                .isEqualTo(new Plan.Reload(new ReloadReason(ReloadCause.NO_SPARE_BACKEND, "a")));
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

    private static List<Step> apply(Served served, Wanted wanted) {
        return note(served, wanted, false);
    }

    private static List<Step> note(Served served, Wanted wanted, boolean connected) {
        Plan.Steps plan = (Plan.Steps) Planner.plan(new Running.Known(served), wanted);
        Set<Served.ServerKey> refused = new HashSet<>();
        plan.steps().forEach(step -> {
            if (connected && step instanceof Step.RemoveServer(String place, String server)) {
                refused.add(new Served.ServerKey(place, server));
            }
        });
        served.note(plan, wanted, refused);
        return plan.steps();
    }

    private static List<Step> steps(Wanted before, Wanted after) {
        return ((Plan.Steps) plan(before, after)).steps();
    }

    private static Plan plan(Wanted before, Wanted after) {
        return Planner.plan(new Running.Known(served(before)), after);
    }

    private static Served served(Wanted wanted) {
        return Served.loaded(wanted, List.of(new Spare(SPARE, new Declaration(USUAL, false))));
    }

    /** Each backend has a host of its name. */
    private static Wanted wanted(BackendSpec... backends) {
        List<HostSpec> hosts = Stream.of(backends)
                .map(backend ->
                        new HostSpec(backend.name(), List.of(new Entry(key(backend.name()), backend.name(), true))))
                .toList();
        return new Wanted(new Frame("frame", List.of(), false), List.of(backends), hosts);
    }

    private static Entry.Key check(String place) {
        return new Entry.Key(RouteMap.CHECKS, place);
    }

    private static BackendSpec checked(String name, String uri, ServerSpec... servers) {
        return new BackendSpec(name, CHECKED.directives(), Optional.of(uri), List.of(servers), List.of());
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
