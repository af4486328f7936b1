package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.model.SpareBackend;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ApplyPlannerTest {

    private static final List<String> USUAL = List.of("option forwardfor");
    private static final List<String> OWN = List.of("option httpclose");
    private static final BackendDeclaration CHECKED = new BackendDeclaration(List.of("option httpchk"), true);
    private static final HaproxyVersion OLD = new HaproxyVersion(2, 6);
    private static final String SPARE = "interlock.spare-0001";
    private static final ServerSpec ONE = server("one", 80, 1);
    private static final ServerSpec TWO = server("two", 80, 1);

    @Test
    void whatDoesNotRunIsStarted() {
        assertThat(ApplyPlanner.plan(new RunState.Stopped(), desired())).isEqualTo(new ApplyPlan.Start());
    }

    @Test
    void whatIsNotKnownIsReloaded() {
        assertThat(ApplyPlanner.plan(new RunState.Unknown("why"), desired()))
                .isEqualTo(new ApplyPlan.Reload(new ReloadReason(ReloadCause.UNKNOWN_STATE, "why")));
        assertThat(ApplyPlanner.plan(new RunState.Damaged("what"), desired()))
                .isEqualTo(new ApplyPlan.Reload(new ReloadReason(ReloadCause.DAMAGED_PROXY, "what")));
    }

    @Test
    void whatIsThereNeedsNothing() {
        assertThat(plan(desired(backend("a", ONE)), desired(backend("a", ONE)))).isEqualTo(new ApplyPlan.Nothing());
    }

    @Test
    void aServerComesBeforeAnotherOneGoes() {
        assertThat(steps(desired(backend("a", ONE)), desired(backend("a", TWO))))
                .containsExactly(new RuntimeStep.AddServer("a", TWO, false), new RuntimeStep.RemoveServer("a", "one"));
    }

    @Test
    void aServerThatDrainsIsWeighed() {
        ServerSpec draining = server("one", 80, 0);

        assertThat(steps(desired(backend("a", ONE)), desired(backend("a", draining))))
                .containsExactly(new RuntimeStep.SetServerWeight("a", "one", 0, false));
        assertThat(steps(desired(backend("a", draining)), desired(backend("a", ONE))))
                .containsExactly(new RuntimeStep.SetServerWeight("a", "one", 1, false));
    }

    @Test
    void aServerWithAnotherPortIsMoved() {
        ServerSpec moved = server("one", 81, 0);

        assertThat(steps(desired(backend("a", ONE)), desired(backend("a", moved))))
                .containsExactly(new RuntimeStep.MoveServer("a", moved, false));
    }

    @Test
    void aServerWithAnotherCheckIntervalTakesThePlaceOfTheOldOne() {
        ServerSpec other = new ServerSpec("one", ONE.address(), 80, ONE.id(), 1, new ServerTraits(1));
        ProxyState served = served(desired(backend("a", ONE)));

        assertThat(apply(served, desired(backend("a", other))))
                .containsExactly(
                        new RuntimeStep.AddServer("a", other.variant(2).numbered(other.id() + ServerSpec.RING), false),
                        new RuntimeStep.RemoveServer("a", "one"));
        assertThat(apply(served, desired(backend("a", other), backend("b", ONE))))
                .noneMatch(step ->
                        step instanceof RuntimeStep.ServerStep on && on.place().equals("a"));
        assertThat(apply(served, desired(backend("a", ONE))))
                .contains(new RuntimeStep.AddServer("a", ONE, false), new RuntimeStep.RemoveServer("a", "one:2"));
    }

    @Test
    void anotherContainerOfTheSameNameTakesThePlaceOfTheOldOneUnderAnIdOfItsOwn() {
        ServerSpec other = ONE.numbered(ONE.id() + 1);

        assertThat(steps(desired(backend("a", ONE)), desired(backend("a", other))))
                .containsExactly(
                        new RuntimeStep.AddServer("a", other.variant(2), false),
                        new RuntimeStep.RemoveServer("a", "one"));
    }

    @Test
    void aCheckIntervalThatChangesAgainAndAgainWhileConnectionsStayNeedsAReloadInTheEnd() {
        ProxyState served = served(desired(backend("a", ONE)));
        for (int interval = 1; interval < 9; interval++) {
            note(
                    served,
                    desired(backend(
                            "a", new ServerSpec("one", ONE.address(), 80, ONE.id(), 1, new ServerTraits(interval)))),
                    true);
        }

        assertThat(ApplyPlanner.plan(
                        new RunState.Known(served),
                        desired(backend(
                                "a", new ServerSpec("one", ONE.address(), 80, ONE.id(), 1, new ServerTraits(9))))))
                .isInstanceOfSatisfying(
                        ApplyPlan.Reload.class,
                        reload -> assertThat(reload.reason())
                                .isEqualTo(new ReloadReason(ReloadCause.SERVER_CHANGED, "server a/one")));
    }

    @Test
    void aNewHostWithTheUsualCheckGetsASpareBackendThatLooksUpWhatToAskFor() {
        ProxyState served = ProxyState.loaded(
                desired(),
                List.of(
                        new SpareBackend(SPARE, new BackendDeclaration(USUAL, false)),
                        new SpareBackend("checked", CHECKED)));

        assertThat(apply(served, desired(checked("a", "/health", ONE))))
                .containsExactly(
                        new RuntimeStep.AddEntry(check("checked"), "/health"),
                        new RuntimeStep.AddServer("checked", ONE, false),
                        new RuntimeStep.AddEntry(key("a"), "checked"));
        assertThat(apply(served, desired(checked("a", "/other", ONE))))
                .containsExactly(new RuntimeStep.SetEntry(check("checked"), "/other"));
        assertThat(apply(served, desired()))
                .containsExactly(
                        new RuntimeStep.DeleteEntry(key("a")),
                        new RuntimeStep.RemoveServer("checked", "one"),
                        new RuntimeStep.DeleteEntry(check("checked")));
    }

    @Test
    void whatBackendsWantBesidesTheUsualHasSpareBackendsFromThenOn() {
        DesiredConfig desired = desired(new BackendSpec("a", OWN, List.of(), List.of()));
        List<SpareBackend> spares =
                SpareBackendPlanner.of(4, false, List.of(new BackendDeclaration(USUAL, false)), desired.backends());
        assertThat(spares.stream().map(spare -> spare.declaration().directives()))
                .containsExactly(USUAL, USUAL, USUAL, USUAL, OWN, OWN);
        ProxyState served = ProxyState.loaded(desired, spares);
        BackendSpec another = new BackendSpec("b", OWN, List.of(ONE), List.of());

        assertThat(ApplyPlanner.plan(
                        new RunState.Known(served), desired(new BackendSpec("a", OWN, List.of(), List.of()), another)))
                .isEqualTo(new ApplyPlan.Steps(
                        List.of(
                                new RuntimeStep.AddEntry(name("interlock.spare-0005"), "b"),
                                new RuntimeStep.AddServer("interlock.spare-0005", ONE, false),
                                new RuntimeStep.AddEntry(key("b"), "interlock.spare-0005")),
                        Map.of("b", "interlock.spare-0005")));
    }

    @Test
    void anotherFrameNeedsAReload() {
        DesiredConfig other = new DesiredConfig(new GlobalConfig("other", List.of(), false), List.of(), List.of());

        assertThat(plan(desired(), other)).isInstanceOf(ApplyPlan.Reload.class);
    }

    @Test
    void theFirstWildcardOfItsDepthNeedsAReloadAndTheLastOneThatGoesDoesNot() {
        DesiredConfig with = new DesiredConfig(new GlobalConfig("frame", List.of(2), true), List.of(), List.of());

        assertThat(plan(desired(), with)).isInstanceOf(ApplyPlan.Reload.class);
        assertThat(steps(with, desired())).isEmpty();
    }

    @Test
    void aNewHostGetsASpareBackendAndItsServersBeforeItIsRouted() {
        ApplyPlan plan = plan(desired(), desired(backend("a", ONE)));

        assertThat(plan)
                .isEqualTo(new ApplyPlan.Steps(
                        List.of(
                                new RuntimeStep.AddEntry(name(SPARE), "a"),
                                new RuntimeStep.AddServer(SPARE, ONE, false),
                                new RuntimeStep.AddEntry(key("a"), SPARE)),
                        Map.of("a", SPARE)));
    }

    @Test
    void aNewHostWithOptionsOfItsOwnNeedsAReload() {
        assertThat(plan(desired(), desired(new BackendSpec("a", OWN, List.of(), List.of()))))
                .isEqualTo(new ApplyPlan.Reload(new ReloadReason(ReloadCause.NO_SPARE_BACKEND, "a")));
    }

    @Test
    void withoutASpareBackendANewHostNeedsAReload() {
        ProxyState served = served(desired());
        apply(served, desired(backend("a", ONE)));

        assertThat(ApplyPlanner.plan(new RunState.Known(served), desired(backend("a", ONE), backend("b", ONE))))
                .isInstanceOf(ApplyPlan.Reload.class);
        assertThat(ApplyPlanner.quietReload(served, OLD)).hasValue(ReloadCause.FEW_SPARE_BACKENDS);
    }

    @Test
    void aHostThatGoesIsNotRoutedAnyMoreWhenItsServersGo() {
        assertThat(steps(desired(backend("a", ONE)), desired()))
                .containsExactly(new RuntimeStep.DeleteEntry(key("a")), new RuntimeStep.RemoveServer("a", "one"));
    }

    @Test
    void aHostThatComesBackFindsItsOldBackend() {
        ProxyState served = served(desired(new BackendSpec("a", OWN, List.of(ONE), List.of())));
        apply(served, desired());

        assertThat(ApplyPlanner.plan(
                        new RunState.Known(served), desired(new BackendSpec("a", OWN, List.of(TWO), List.of()))))
                .isEqualTo(new ApplyPlan.Steps(
                        List.of(new RuntimeStep.AddServer("a", TWO, false), new RuntimeStep.AddEntry(key("a"), "a")),
                        Map.of("a", "a")));
    }

    @Test
    void aSpareBackendIsFreeAgainWhenTheLastServerHasGone() {
        ProxyState served = served(desired());
        apply(served, desired(backend("a", ONE)));
        ApplyPlan.Steps plan = (ApplyPlan.Steps) ApplyPlanner.plan(new RunState.Known(served), desired());

        served.note(plan, desired(), Set.of(new ProxyState.ServerKey(SPARE, "one")));
        assertThat(served.sparesLeft()).isZero();
        assertThat(served.leftovers()).containsExactly(new ProxyState.ServerKey(SPARE, "one"));
        served.noteSwept(List.of(new RuntimeStep.RemoveServer(SPARE, "one")), Set.of());

        assertThat(served.sparesLeft()).isEqualTo(1);
        assertThat(served.leftovers()).isEmpty();
    }

    @Test
    void anOlderHaproxyNeedsAQuietReloadForTheConnectionsOfAnAddedServerInHttp2() {
        ServerSpec http2 = new ServerSpec("h2", ONE.address(), 80, 7, 1, new ServerTraits(5000, "proto h2"));
        ProxyState served = ProxyState.loaded(desired(backend("a", http2)), List.of());
        assertThat(ApplyPlanner.quietReload(served, OLD)).isEmpty();

        apply(served, desired(backend("a", http2, TWO)));
        assertThat(ApplyPlanner.quietReload(served, OLD)).isEmpty();
        apply(served, desired(backend("a", http2.named("added").numbered(8), http2, TWO)));
        assertThat(ApplyPlanner.quietReload(served, OLD)).hasValue(ReloadCause.UNSHARED_CONNECTIONS);
        assertThat(ApplyPlanner.quietReload(served, new HaproxyVersion(3, 0))).isEmpty();
        apply(served, desired(backend("a", http2, TWO)));
        assertThat(ApplyPlanner.quietReload(served, OLD)).isEmpty();
    }

    @Test
    void aBackendWhoseOptionsChangeMovesWithItsHosts() {
        DesiredConfig own = desired(new BackendSpec("a", OWN, List.of(ONE), List.of()));

        assertThat(steps(own, desired(backend("a", ONE))))
                .containsExactly(
                        new RuntimeStep.AddEntry(name(SPARE), "a"),
                        new RuntimeStep.AddServer(SPARE, ONE, false),
                        new RuntimeStep.SetEntry(key("a"), SPARE),
                        new RuntimeStep.RemoveServer("a", "one"));
    }

    private static List<RuntimeStep> apply(ProxyState served, DesiredConfig desired) {
        return note(served, desired, false);
    }

    private static List<RuntimeStep> note(ProxyState served, DesiredConfig desired, boolean connected) {
        ApplyPlan.Steps plan = (ApplyPlan.Steps) ApplyPlanner.plan(new RunState.Known(served), desired);
        Set<ProxyState.ServerKey> refused = new HashSet<>();
        plan.steps().forEach(step -> {
            if (connected && step instanceof RuntimeStep.RemoveServer(String place, String server)) {
                refused.add(new ProxyState.ServerKey(place, server));
            }
        });
        served.note(plan, desired, refused);
        return plan.steps();
    }

    private static List<RuntimeStep> steps(DesiredConfig before, DesiredConfig after) {
        return ((ApplyPlan.Steps) plan(before, after)).steps();
    }

    @Test
    void manyNamesThatGoAtOnceAreAReloadAndFewAreNot() {
        DesiredConfig all = names(0, 120_000);

        assertThat(plan(all, names(0, 60_000)))
                .isEqualTo(new ApplyPlan.Reload(new ReloadReason(ReloadCause.LARGE_CHANGE, "60000 names and routes")));
        assertThat(plan(all, names(0, 1))).isInstanceOf(ApplyPlan.Reload.class);
        assertThat(plan(all, names(0, 119_000))).isInstanceOf(ApplyPlan.Reload.class);
        assertThat(plan(all, names(0, 119_900))).isInstanceOf(ApplyPlan.Steps.class);
        assertThat(plan(names(0, 1_000), names(0, 1))).isInstanceOf(ApplyPlan.Steps.class);
        assertThat(plan(names(0, 1_000), names(0, 20_000))).isInstanceOf(ApplyPlan.Steps.class);
        assertThat(plan(names(0, 1_000), names(0, 51_000))).isInstanceOf(ApplyPlan.Steps.class);
        assertThat(plan(names(0, 1_000), names(0, 51_001))).isInstanceOf(ApplyPlan.Reload.class);
    }

    /** A backend with many names. */
    private static DesiredConfig names(int from, int to) {
        List<MapEntry> entries = IntStream.range(from, to)
                .mapToObj(i -> new MapEntry(key("h" + i), "a", true))
                .toList();
        return new DesiredConfig(
                new GlobalConfig("frame", List.of(), false),
                List.of(backend("a", ONE)),
                List.of(new HostSpec("a", entries)));
    }

    private static ApplyPlan plan(DesiredConfig before, DesiredConfig after) {
        return ApplyPlanner.plan(new RunState.Known(served(before)), after);
    }

    private static ProxyState served(DesiredConfig desired) {
        return ProxyState.loaded(desired, List.of(new SpareBackend(SPARE, new BackendDeclaration(USUAL, false))));
    }

    /** A configuration in which each backend has a host with its name. */
    private static DesiredConfig desired(BackendSpec... backends) {
        List<HostSpec> hosts = Stream.of(backends)
                .map(backend ->
                        new HostSpec(backend.name(), List.of(new MapEntry(key(backend.name()), backend.name(), true))))
                .toList();
        return new DesiredConfig(new GlobalConfig("frame", List.of(), false), List.of(backends), hosts);
    }

    private static MapEntry.Key check(String place) {
        return new MapEntry.Key(HaproxyMap.CHECKS, place);
    }

    private static BackendSpec checked(String name, String uri, ServerSpec... servers) {
        return new BackendSpec(name, CHECKED.directives(), Optional.of(uri), List.of(servers), List.of());
    }

    private static MapEntry.Key name(String place) {
        return new MapEntry.Key(HaproxyMap.NAMES, place);
    }

    private static MapEntry.Key key(String host) {
        return new MapEntry.Key(HaproxyMap.HOSTS, host);
    }

    private static BackendSpec backend(String name, ServerSpec... servers) {
        return new BackendSpec(name, USUAL, List.of(servers), List.of());
    }

    private static ServerSpec server(String name, int port, int weight) {
        return new ServerSpec(
                name,
                InetAddress.getLoopbackAddress(),
                port,
                1 + Math.floorMod(name.hashCode(), 1000),
                weight,
                new ServerTraits(5000));
    }
}
