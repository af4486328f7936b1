package io.interlock.app;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineView;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.reconcile.FindingLog;
import io.interlock.app.reconcile.Reconciler;
import io.interlock.app.topology.Assembly;
import io.interlock.app.topology.Terms;
import io.interlock.app.topology.TopologyAssembler;
import io.interlock.app.topology.WarmUp;
import io.interlock.app.warm.WarmUps;

/** Assembles, has containers warmed that ask for it, and tells what was found. On the reconciler's thread alone. */
final class Assembling implements Reconciler.Assembling {

    private final TopologyAssembler assembler;
    private final FindingLog findings = new FindingLog();
    private final WarmUps warmUps;
    private final Https https;

    Assembling(Terms terms, WarmUps warmUps, Https https) {
        this.assembler = new TopologyAssembler(terms);
        this.warmUps = warmUps;
        this.https = https;
    }

    @Override
    public Assembly assemble(InventorySnapshot inventory) {
        Assembly assembly = assembler.assemble(inventory, warmUps);
        warmUps.await(assembly.warmUps(), run -> isOf(inventory, run));
        findings.tell(assembly.findings());
        return new Assembly(https.encrypt(assembly.topology()), assembly.findings(), assembly.warmUps());
    }

    private static boolean isOf(InventorySnapshot inventory, WarmUp.Run run) {
        ContainerKey key = run.container();
        EngineView engine = inventory.engines().get(key.engineId());
        ContainerFacts facts = engine == null ? null : engine.containers().get(key.containerId());
        return facts != null && facts.startedAt().equals(run.startedAt());
    }
}
