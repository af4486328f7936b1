package io.interlock.app.pipeline;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.readiness.ReadinessGate;
import io.interlock.app.readiness.ReadinessProbes;
import io.interlock.app.topology.AssemblyResult;
import io.interlock.app.topology.CandidateUpdate;
import io.interlock.app.topology.InterpretationCache;
import io.interlock.app.topology.InterpretationUpdate;
import io.interlock.app.topology.TopologyAssembler;
import java.util.function.Supplier;

/**
 * The stages between what engines run and what load balancers serve, in order:
 *
 * <pre>
 * Inventory ─InventorySnapshot─▶ InterpretationCache ─InterpretationUpdate─▶ ReadinessGate ─CandidateUpdate─▶
 *     TopologyAssembler ─Assembly─▶ CertificateSelector ─PipelineResult─▶ LoadBalancerManager
 * </pre>
 *
 * <p>Each stage hands on what differs from the run before, so that a change costs what it touches. The stages on the way
 * perform no I/O; what they learn later (a container became ready, a certificate was issued) comes back as a call of the
 * listener. Confined to one thread, except {@link #onChange}.
 */
public final class Pipeline {

    private final Supplier<ContainerPolicy> policy;
    private final ReadinessProbes probes;
    private final CertificateSelector certificates;
    private InterpretationCache interpretations;
    private ReadinessGate readiness;
    private TopologyAssembler assembler;

    /**
     * @param policy what the operator lets containers have; asked at each run, since plugins that listen come and go
     * @param probes find out whether containers are ready
     * @param certificates selects the certificate of each name
     */
    public Pipeline(Supplier<ContainerPolicy> policy, ReadinessProbes probes, CertificateSelector certificates) {
        this.policy = policy;
        this.probes = probes;
        this.certificates = certificates;
        this.interpretations = new InterpretationCache();
        this.readiness = new ReadinessGate(probes);
        this.assembler = new TopologyAssembler();
    }

    /**
     * @param listener is called on any thread when {@link #run} may have another result for the same inventory; must be quick
     */
    public void onChange(Runnable listener) {
        probes.onChange(listener);
        certificates.onChange(listener);
    }

    /** What is to be served. Never fails because of what a container says. */
    public PipelineResult run(InventorySnapshot inventory) {
        boolean completed = false;
        try {
            InterpretationUpdate interpreted = interpretations.update(inventory, policy.get());
            CandidateUpdate ready = readiness.update(interpreted);
            AssemblyResult assembly = assembler.assemble(ready);
            PipelineResult result = new PipelineResult(
                    certificates.select(assembly.topology()), assembly.findings(), readiness.targets());
            completed = true;
            return result;
        } finally {
            if (!completed) {
                // The next run must not build upon half a change.
                interpretations = new InterpretationCache();
                readiness = new ReadinessGate(probes);
                assembler = new TopologyAssembler();
            }
        }
    }
}
