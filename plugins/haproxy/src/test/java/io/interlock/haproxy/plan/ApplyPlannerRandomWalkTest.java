package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.SpareBackend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walk over desired configurations, long enough to meet every kind of change. */
@Tag("unit")
class ApplyPlannerRandomWalkTest {

    private static final int CHANGES = 10_000;
    private static final List<BackendDeclaration> USUAL =
            List.of(RandomDesiredConfigs.USUAL, RandomDesiredConfigs.CHECKED);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final SimulatedHaproxy haproxy = new SimulatedHaproxy();
    private boolean atRuntime;
    private int reloads;
    private int subsets;
    private int steps;

    /**
     * @param atRuntime whether HAProxy makes backends at run time
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPlanLeadsToWhatIsWantedAndInterruptsNobody(boolean atRuntime) {
        this.atRuntime = atRuntime;
        try {
            walk();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
        assertThat(reloads)
                .as("seed " + seed)
                .isBetween(atRuntime ? 0 : 1, atRuntime ? CHANGES / 100 : CHANGES * 3 / 4);
        assertThat(steps).as("seed " + seed).isGreaterThan(CHANGES);
        // With backends at run time, most walks need no reload that could fail.
        if (!atRuntime) {
            assertThat(subsets).as("seed " + seed).isPositive();
        }
    }

    private void walk() {
        RandomDesiredConfigs all = new RandomDesiredConfigs(random);
        DesiredConfig before = all.next();
        ProxyState served = load(before);
        for (int i = 0; i < CHANGES; i++) {
            DesiredConfig desired = random.nextInt(10) == 0 ? before : all.next();
            switch (ApplyPlanner.plan(new RunState.Known(served), desired)) {
                case ApplyPlan.Nothing() -> {}
                case ApplyPlan.Start() -> throw new AssertionError("it runs");
                case ApplyPlan.Reload(ReloadReason reason) -> {
                    if (random.nextInt(4) == 0) {
                        desired = takeSubset(served, before, desired);
                    } else {
                        served = load(desired);
                        reloads++;
                    }
                }
                case ApplyPlan.Steps plan -> take(plan, served, before, desired);
            }
            assertThat(haproxy.routes()).as("change %d", i).isEqualTo(SimulatedHaproxy.routes(desired));
            Map<String, String> moved = new HashMap<>(served.moved());
            moved.keySet().removeIf(place -> !SpareBackendPlanner.isSpare(place));
            assertThat(haproxy.names()).as("change %d", i).isEqualTo(moved);
            assertThat(haproxy.certificates())
                    .as("change %d", i)
                    .containsExactlyInAnyOrderElementsOf(desired.certificates().stream()
                            .map(CertificateSpec::path)
                            .toList())
                    .isEqualTo(served.certificates());
            sweep(served);
            before = desired;
        }
    }

    /** Makes a change while a reload cannot be had; returns what is served then. */
    private DesiredConfig takeSubset(ProxyState served, DesiredConfig before, DesiredConfig desired) {
        DesiredConfig subset = RuntimeSubset.of(served, desired);
        ApplyPlan plan = ApplyPlanner.plan(new RunState.Known(served), subset);
        if (plan instanceof ApplyPlan.Steps told) {
            take(told, served, before, subset);
            subsets++;
        }
        // A backend with other directives than desired has no server that it did not have before.
        for (BackendSpec backend : subset.backends()) {
            BackendSpec asked = desired.backend(backend.name()).orElseThrow();
            if (!backend.declaration().equals(asked.declaration())) {
                assertThat(before.backend(backend.name()).orElseThrow().servers())
                        .containsAll(backend.servers());
            }
        }
        return plan instanceof ApplyPlan.Reload ? before : subset;
    }

    private ProxyState load(DesiredConfig desired) {
        List<SpareBackend> spares = SpareBackendPlanner.of(3, atRuntime, USUAL, desired.backends());
        haproxy.load(desired, spares);
        return ProxyState.loaded(desired, spares);
    }

    private void take(ApplyPlan.Steps plan, ProxyState served, DesiredConfig before, DesiredConfig desired) {
        Set<MapEntry.Key> untouched = servedIn(before);
        untouched.retainAll(servedIn(desired));
        Map<MapEntry.Key, Object> wantedRoutes = SimulatedHaproxy.routes(desired);
        Set<ProxyState.ServerKey> refused = new HashSet<>();
        for (RuntimeStep step : plan.steps()) {
            if (!haproxy.take(step, key -> random.nextInt(3) == 0)) {
                refused.add(new ProxyState.ServerKey(
                        ((RuntimeStep.RemoveServer) step).place(), ((RuntimeStep.RemoveServer) step).server()));
            }
            steps++;
            assertThat(untouched)
                    .as("served after %s of %s", step, plan)
                    .allMatch(key -> haproxy.routes().get(key) instanceof String || haproxy.serves(key));
        }
        assertThat(haproxy.routes()).isEqualTo(wantedRoutes);
        served.note(plan, desired, refused);
    }

    private void sweep(ProxyState served) {
        List<RuntimeStep.RemoveServer> sweep = new ArrayList<>();
        Set<ProxyState.ServerKey> refused = new HashSet<>();
        for (ProxyState.ServerKey key : served.leftovers()) {
            RuntimeStep.RemoveServer step = new RuntimeStep.RemoveServer(key.place(), key.server());
            sweep.add(step);
            if (!haproxy.take(step, any -> random.nextInt(3) == 0)) {
                refused.add(key);
            }
        }
        served.noteSwept(sweep, refused);
        for (String place : served.deletable()) {
            if (random.nextInt(3) > 0) {
                haproxy.delete(place);
                served.noteDeleted(place);
            }
        }
    }

    /** The lines that lead to servers that accept requests. */
    private static Set<MapEntry.Key> servedIn(DesiredConfig desired) {
        SimulatedHaproxy alone = new SimulatedHaproxy();
        alone.load(desired, List.of());
        Set<MapEntry.Key> served = new HashSet<>(alone.routes().keySet());
        served.removeIf(key -> alone.routes().get(key) instanceof String || !alone.serves(key));
        return served;
    }
}
