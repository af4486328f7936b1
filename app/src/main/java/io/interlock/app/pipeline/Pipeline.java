package io.interlock.app.pipeline;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.readiness.ReadinessGate;
import io.interlock.app.readiness.ReadinessProbes;
import io.interlock.app.topology.AssemblyResult;
import io.interlock.app.topology.CandidateUpdate;
import io.interlock.app.topology.InterpretationCache;
import io.interlock.app.topology.InterpretationUpdate;
import io.interlock.app.topology.TopologyAssembler;
import io.interlock.app.topology.TopologyBudget;
import io.interlock.app.topology.ownership.TenureSnapshot;
import io.interlock.util.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Stages from the inventory to the load balancers, in order:
 *
 * <pre>
 * Inventory ─InventorySnapshot─▶ InterpretationCache ─InterpretationUpdate─▶ TopologyBudget ─InterpretationUpdate─▶
 *     ReadinessGate ─CandidateUpdate─▶ TopologyAssembler ─AssemblyResult─▶ CertificateSelector ─PipelineResult─▶ LoadBalancerManager
 * </pre>
 *
 * <p>Each stage passes on the differences from the previous run, so that the cost depends on the change alone. The
 * stages perform no I/O. Later results (a container became ready, a certificate was issued) come back as a call of the
 * listener. Confined to one thread, except {@link #onChange}.
 */
public final class Pipeline {

    private final Supplier<ContainerPolicy> policy;
    private final ReadinessProbes probes;
    private final CertificateSelector certificates;
    private final InstantSource clock;
    private InterpretationCache interpretations;
    private TopologyBudget budget;
    private ReadinessGate readiness;
    private TopologyAssembler assembler;
    private TenureSnapshot tenures = TenureSnapshot.NONE;

    /** Creates a pipeline with the time of this process, which no change of the system's clock affects. */
    public Pipeline(Supplier<ContainerPolicy> policy, ReadinessProbes probes, CertificateSelector certificates) {
        this(policy, probes, certificates, new SteadyClock());
    }

    /**
     * @param policy the operator's policy for containers; asked at each run, because plugins that listen come and go
     * @param probes detects whether containers are ready
     * @param certificates selects the certificate of each name
     * @param clock never goes back
     */
    public Pipeline(
            Supplier<ContainerPolicy> policy,
            ReadinessProbes probes,
            CertificateSelector certificates,
            InstantSource clock) {
        this.clock = clock;
        this.policy = policy;
        this.probes = probes;
        this.certificates = certificates;
        this.interpretations = new InterpretationCache();
        this.budget = new TopologyBudget();
        this.readiness = new ReadinessGate(probes);
        this.assembler = new TopologyAssembler(tenures);
    }

    /**
     * @param listener called on any thread when {@link #run} may have another result for the same inventory; must be
     *     quick
     */
    public void onChange(Runnable listener) {
        probes.onChange(listener);
        certificates.onChange(listener);
    }

    /**
     * Counts containers as ready that a proxy serves since before this controller. Must be called before the first run.
     *
     * @param inventory the containers as an earlier controller knew them
     * @param served those that it had found ready
     */
    public void restore(InventorySnapshot inventory, Set<ContainerKey> served) {
        readiness.restore(new InterpretationCache().update(inventory, policy.get()), served);
    }

    /** Leaves names to those who had them when an earlier controller ended. Must be called before the first run. */
    public void restore(TenureSnapshot recorded) {
        tenures = recorded;
        assembler = new TopologyAssembler(recorded);
    }

    /** Returns the topology and its findings. Never fails because of the data of a container. */
    public PipelineResult run(InventorySnapshot inventory) {
        boolean completed = false;
        try {
            ContainerPolicy allowed = policy.get();
            InterpretationUpdate interpreted = interpretations.update(inventory, allowed);
            CandidateUpdate ready = readiness.update(budget.update(interpreted, allowed.limits()));
            Instant now = clock.instant();
            AssemblyResult assembly = assembler.assemble(ready, allowed.ownership(), now);
            PipelineResult result = new PipelineResult(
                    certificates.select(assembly.topology()),
                    assembly.findings(),
                    readiness.targets(),
                    assembly.holders(),
                    assembly.tenures(),
                    assembly.due().map(due -> Duration.between(now, due)));
            tenures = assembly.tenures();
            completed = true;
            return result;
        } finally {
            if (!completed) {
                // A failed run leaves stages half updated; the next run starts from new ones.
                interpretations = new InterpretationCache();
                budget = new TopologyBudget();
                readiness = new ReadinessGate(probes);
                assembler = new TopologyAssembler(tenures);
            }
        }
    }
}
