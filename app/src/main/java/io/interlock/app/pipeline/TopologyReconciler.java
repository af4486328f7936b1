package io.interlock.app.pipeline;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.util.ChangeSignal;
import io.interlock.util.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the pipeline whenever something may have changed, and passes a new topology to the load balancers. Changes
 * during a run lead to one further run.
 *
 * <p>Publishes nothing before the engines have answered that {@link FirstTopologyWait} names, for a limited time.
 */
public final class TopologyReconciler {

    private static final Logger log = LoggerFactory.getLogger("topology");

    private final Supplier<InventorySnapshot> inventory;
    private final Function<InventorySnapshot, PipelineResult> pipeline;
    private final FindingLogger findings = new FindingLogger();
    private final BiConsumer<InventorySnapshot, PipelineResult> recorder;
    private final Consumer<TopologySnapshot> loadBalancers;
    private final Observer observer;
    private final ChangeSignal changes = new ChangeSignal();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("reconciler").unstarted(this::run);
    private volatile FirstTopologyWait firstTopology = FirstTopologyWait.coldStart(Set.of());
    private volatile boolean closing;
    private @Nullable TopologySnapshot desired;
    private long revision;

    /** Receives each result after it was passed to the load balancers, on the reconciler's thread; must be quick. */
    @FunctionalInterface
    public interface Observer {
        void reconciled(
                InventorySnapshot inventory,
                List<Finding> findings,
                TopologySnapshot desired,
                Map<ClaimedName, OwnerId> holders);
    }

    /**
     * Creates a reconciler that is not started.
     *
     * @param pipeline computes the result for an inventory; called on the reconciler's thread only
     * @param recorder receives every result before the load balancers do
     * @param loadBalancers receives each new topology; must be quick
     * @param observer receives every result, with or without a new topology
     */
    public TopologyReconciler(
            Supplier<InventorySnapshot> inventory,
            Function<InventorySnapshot, PipelineResult> pipeline,
            BiConsumer<InventorySnapshot, PipelineResult> recorder,
            Consumer<TopologySnapshot> loadBalancers,
            Observer observer) {
        this.inventory = inventory;
        this.pipeline = pipeline;
        this.recorder = recorder;
        this.loadBalancers = loadBalancers;
        this.observer = observer;
    }

    /** Starts the thread. */
    public void start(FirstTopologyWait first) {
        firstTopology = first;
        thread.start();
    }

    /** Reports that something may have changed. Any thread may call it; returns at once. */
    public void changed() {
        changes.raise();
    }

    /** Ends the thread. Does not close load balancers. */
    public void close() throws InterruptedException {
        closing = true;
        changes.raise();
        thread.join();
    }

    private void run() {
        try {
            awaitEngines();
            awaitReadiness();
            changes.clear();
            while (!closing) {
                Optional<Duration> pause = reconcile();
                if (pause.isPresent()) {
                    changes.await(pause.get());
                } else {
                    changes.await();
                }
            }
        } catch (InterruptedException e) {
            log.debug("interrupted", e);
        }
    }

    private void awaitEngines() throws InterruptedException {
        FirstTopologyWait wait = firstTopology;
        Deadline deadline = Deadline.in(wait.firstAnswer());
        boolean answered = false;
        for (long missing = unknown(wait); !closing && missing > 0; missing = unknown(wait)) {
            if (!answered && missing < wait.engines().size()) {
                answered = true;
                deadline = deadline.atMost(wait.furtherAnswers());
            }
            if (deadline.isOver() || !changes.await(deadline.left())) {
                return;
            }
        }
    }

    private void awaitReadiness() throws InterruptedException {
        Deadline deadline = Deadline.in(firstTopology.readiness());
        while (!closing
                && run(inventory.get())
                        .filter(result -> !result.targets().isEmpty())
                        .isPresent()) {
            if (deadline.isOver() || !changes.await(deadline.left())) {
                return;
            }
        }
    }

    private long unknown(FirstTopologyWait wait) {
        return inventory.get().engines().values().stream()
                .filter(engine -> engine.connection() instanceof Connection.Unknown)
                .filter(engine -> wait.engines().contains(engine.engineId()))
                .count();
    }

    /** Returns after which time to do so again, even without a change. */
    private Optional<Duration> reconcile() {
        InventorySnapshot known = inventory.get();
        Optional<PipelineResult> result = run(known);
        if (result.isPresent()) {
            recorder.accept(known, result.get());
            List<Finding> found = result.get().findings();
            observer.reconciled(
                    known, found, publish(result.get().topology()), result.get().holders());
        }
        return result.flatMap(PipelineResult::pause);
    }

    /** Passes a topology on if it differs from the previous one. */
    private TopologySnapshot publish(Topology topology) {
        TopologySnapshot latest = desired;
        if (latest != null && latest.topology().equals(topology)) {
            return latest;
        }
        TopologySnapshot snapshot = new TopologySnapshot(++revision, topology);
        desired = snapshot;
        loadBalancers.accept(snapshot);
        return snapshot;
    }

    private Optional<PipelineResult> run(InventorySnapshot known) {
        try {
            PipelineResult result = pipeline.apply(known);
            findings.log(result.findings());
            return Optional.of(result);
        } catch (RuntimeException e) {
            // A defect of Interlock must not end the only thread that processes changes.
            log.error("the topology cannot be computed; the previous one stays in service", e);
            return Optional.empty();
        }
    }
}
