package io.interlock.app.pipeline;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.readiness.ReadinessProbes;
import io.interlock.app.topology.network.ServerEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Pipeline as in the application, without certificates; the test sets which containers are ready. */
public final class TestPipeline {

    private Predicate<ProbeTarget> ready = target -> false;
    private final Pipeline pipeline;
    private ContainerPolicy policy;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    public TestPipeline() {
        this(ContainerPolicy.DEFAULT);
    }

    public TestPipeline(ContainerPolicy containerPolicy) {
        this.policy = containerPolicy;
        this.pipeline = new Pipeline(() -> policy, new PredicateProbes(), CertificateSelector.none(), () -> now);
    }

    public PipelineResult assemble(InventorySnapshot inventory, Predicate<ProbeTarget> nowReady) {
        ready = nowReady;
        return pipeline.run(inventory);
    }

    /** Changes the operator's policy from the next run on. */
    public void allow(ContainerPolicy other) {
        policy = other;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    private final class PredicateProbes implements ReadinessProbes {
        @Override
        public Optional<ServerEndpoint> ready(ProbeTarget target) {
            return target.endpoints().stream()
                    .filter(endpoint -> ready.test(new ProbeTarget(
                            target.run(),
                            target.containerName(),
                            target.hostName(),
                            List.of(endpoint),
                            target.condition())))
                    .findFirst();
        }

        @Override
        public void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning) {}

        @Override
        public void restore(ProbeTarget target) {}

        @Override
        public void onChange(Runnable listener) {}
    }
}
