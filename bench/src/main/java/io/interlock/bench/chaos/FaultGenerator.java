package io.interlock.bench.chaos;

import io.interlock.bench.chaos.ChaosFault.FaultAction;
import io.interlock.bench.chaos.ChaosFault.FaultTarget;
import io.interlock.testsupport.engine.EngineProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Draws from all possible faults. */
final class FaultGenerator {

    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 20_000;
    /** One in this many faults occurs with another. */
    private static final int PAIRS = 3;

    private static final List<ChaosFault> ALL = all();

    private final Random random;

    FaultGenerator(Random random) {
        this.random = random;
    }

    /** One fault, or two of different parts. */
    List<ChaosFault> next() {
        ChaosFault one = draw();
        ChaosFault other = draw();
        return random.nextInt(PAIRS) == 0 && other.part() != one.part() ? List.of(one, other) : List.of(one);
    }

    private ChaosFault draw() {
        return ALL.get(random.nextInt(ALL.size()));
    }

    private static List<ChaosFault> all() {
        List<ChaosFault> faults = new ArrayList<>(List.of(
                new ChaosFault(
                        FaultTarget.OWN_ENGINE,
                        "an engine is killed and started again",
                        lasting(
                                scene -> scene.own().kill(),
                                scene -> scene.own().startAgain())),
                new ChaosFault(
                        FaultTarget.OWN_ENGINE,
                        "an engine is stopped and started again",
                        lasting(
                                scene -> scene.own().stop(),
                                scene -> scene.own().startAgain())),
                new ChaosFault(
                        FaultTarget.OWN_ENGINE,
                        "an engine hangs",
                        lasting(
                                scene -> scene.own().freeze(),
                                scene -> scene.own().thaw())),
                new ChaosFault(
                        FaultTarget.OWN_ENGINE,
                        "a container ends as soon as it is started, again and again",
                        (scene, random) -> scene.crashLoop(() -> pause(random))),
                new ChaosFault(
                        FaultTarget.OWN_ENGINE,
                        "a storm of events",
                        (scene, random) -> scene.storm(() -> pause(random))),
                new ChaosFault(FaultTarget.CONTAINERS, "a container is killed", (scene, random) -> scene.killOne()),
                new ChaosFault(
                        FaultTarget.CONTAINERS,
                        "containers are replaced, one after the other",
                        (scene, random) -> scene.roll()),
                new ChaosFault(
                        FaultTarget.SWARM,
                        "the tasks of a service are replaced",
                        (scene, random) -> scene.service().roll()),
                new ChaosFault(
                        FaultTarget.SWARM,
                        "a service is scaled up and down",
                        (scene, random) -> scene.service().scale()),
                new ChaosFault(
                        FaultTarget.SWARM,
                        "the manager that leads a swarm hangs",
                        (scene, random) -> scene.service().withoutLeader(() -> pause(random))),
                new ChaosFault(
                        FaultTarget.INTERLOCK,
                        "Interlock is killed and started again",
                        (scene, random) -> scene.killInterlock())));
        for (EngineProxy.Fault bad : EngineProxy.Fault.values()) {
            if (bad != EngineProxy.Fault.NONE) {
                faults.add(new ChaosFault(
                        FaultTarget.WIRE,
                        "the way to an engine: " + bad,
                        lasting(
                                scene -> scene.wire().injectFault(bad),
                                scene -> scene.wire().injectFault(EngineProxy.Fault.NONE))));
            }
        }
        return List.copyOf(faults);
    }

    private interface Step {
        void in(ChaosScenario scene) throws Exception;
    }

    private static FaultAction lasting(Step begin, Step end) {
        return (scene, random) -> {
            begin.in(scene);
            pause(random);
            end.in(scene);
        };
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS))
                .toNanos());
    }
}
