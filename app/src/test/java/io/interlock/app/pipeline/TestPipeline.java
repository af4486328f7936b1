package io.interlock.app.pipeline;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.readiness.ReadinessProbes;
import io.interlock.app.topology.network.ServerEndpoint;
import io.interlock.app.topology.ownership.TenureSnapshot;
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
    private TenureSnapshot tenures = TenureSnapshot.NONE;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    public TestPipeline() {
        this(ContainerPolicy.DEFAULT);
    }

    public TestPipeline(ContainerPolicy containerPolicy) {
        this.policy = containerPolicy;
        this.pipeline = new Pipeline(() -> policy, new PredicateProbes(), CertificateSelector.none(), () -> now);
    }

    /** Returns the result without tenures, which depend on what was before. */
    public PipelineResult assemble(InventorySnapshot inventory, Predicate<ProbeTarget> nowReady) {
        ready = nowReady;
        PipelineResult result = pipeline.run(inventory);
        tenures = result.tenures();
        return new PipelineResult(
                result.topology(),
                result.findings(),
                result.targets(),
                result.holders(),
                TenureSnapshot.NONE,
                result.pause());
    }

    /** Returns whose each name is since the last result. */
    public TenureSnapshot tenures() {
        return tenures;
    }

    public void restore(TenureSnapshot recorded) {
        pipeline.restore(recorded);
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
