package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ReloadReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From one thing that is wanted to the next, as often as it takes to meet everything. */
@Tag("unit")
class PlannerWalkTest {

    private static final int CHANGES = 10_000;
    private static final List<Declaration> USUAL = List.of(RandomWanted.USUAL, RandomWanted.CHECKED);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final SimulatedHaproxy haproxy = new SimulatedHaproxy();
    private int reloads;
    private int steps;

    @Test
    void everyPlanLeadsToWhatIsWantedAndInterruptsNobody() {
        try {
            walk();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
        assertThat(reloads).as("seed " + seed).isBetween(1, CHANGES * 3 / 4);
        assertThat(steps).as("seed " + seed).isGreaterThan(CHANGES);
    }

    private void walk() {
        RandomWanted all = new RandomWanted(random);
        Wanted before = all.next();
        Served served = load(before);
        for (int i = 0; i < CHANGES; i++) {
            Wanted wanted = random.nextInt(10) == 0 ? before : all.next();
            switch (Planner.plan(new Running.Known(served), wanted)) {
                case Plan.Nothing() -> {}
                case Plan.Start() -> throw new AssertionError("it runs");
                case Plan.Reload(ReloadReason reason) -> {
                    served = load(wanted);
                    reloads++;
                }
                case Plan.Steps plan -> take(plan, served, before, wanted);
            }
            assertThat(haproxy.routes()).as("change %d", i).isEqualTo(SimulatedHaproxy.routes(wanted));
            assertThat(haproxy.certificates())
                    .as("change %d", i)
                    .containsExactlyInAnyOrderElementsOf(wanted.certificates().stream()
                            .map(CertificateSpec::path)
                            .toList())
                    .isEqualTo(served.certificates());
            sweep(served);
            before = wanted;
        }
    }

    private Served load(Wanted wanted) {
        List<Spare> spares = SpareBackends.of(3, USUAL, wanted.backends());
        haproxy.load(wanted, spares);
        return Served.loaded(wanted, spares);
    }

    private void take(Plan.Steps plan, Served served, Wanted before, Wanted wanted) {
        Set<Entry.Key> untouched = servedIn(before);
        untouched.retainAll(servedIn(wanted));
        Map<Entry.Key, Object> wantedRoutes = SimulatedHaproxy.routes(wanted);
        Set<Served.ServerKey> refused = new HashSet<>();
        for (Step step : plan.steps()) {
            if (!haproxy.take(step, key -> random.nextInt(3) == 0)) {
                refused.add(
                        new Served.ServerKey(((Step.RemoveServer) step).place(), ((Step.RemoveServer) step).server()));
            }
            steps++;
            assertThat(untouched)
                    .as("served after %s of %s", step, plan)
                    .allMatch(key -> haproxy.routes().get(key) instanceof String || haproxy.serves(key));
        }
        assertThat(haproxy.routes()).isEqualTo(wantedRoutes);
        served.note(plan, wanted, refused);
    }

    private void sweep(Served served) {
        List<Step.RemoveServer> sweep = new ArrayList<>();
        Set<Served.ServerKey> refused = new HashSet<>();
        for (Served.ServerKey key : served.leftovers()) {
            Step.RemoveServer step = new Step.RemoveServer(key.place(), key.server());
            sweep.add(step);
            if (!haproxy.take(step, any -> random.nextInt(3) == 0)) {
                refused.add(key);
            }
        }
        served.noteSwept(sweep, refused);
    }

    /** The lines that lead to servers that take requests. */
    private static Set<Entry.Key> servedIn(Wanted wanted) {
        SimulatedHaproxy alone = new SimulatedHaproxy();
        alone.load(wanted, List.of());
        Set<Entry.Key> served = new HashSet<>(alone.routes().keySet());
        served.removeIf(key -> alone.routes().get(key) instanceof String || !alone.serves(key));
        return served;
    }
}
