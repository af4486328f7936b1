package io.interlock.app.pipeline;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.ownership.ClaimedName;
import io.interlock.util.ChangeSignal;
import io.interlock.util.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>Publishes nothing before every engine has answered, for a limited time. Unknown is not empty: a proxy that still
 * serves from before must not lose servers that are merely unknown.
 */
public final class TopologyReconciler {

    private static final Logger log = LoggerFactory.getLogger("topology");

    /**
     * How long the first topology waits for the first answer of every engine, in a running Interlock as in a dry run. An engine
     * that is there answers much sooner; for one that is not, the containers of the others must not wait long.
     */
    public static final Duration FIRST_ANSWER_LIMIT = Duration.ofSeconds(5);

    private static final Duration READINESS_LIMIT = Duration.ofSeconds(1);

    private final Supplier<InventorySnapshot> inventory;
    private final Function<InventorySnapshot, PipelineResult> pipeline;
    private final FindingLogger findings = new FindingLogger();
    private final Consumer<TopologySnapshot> loadBalancers;
    private final Duration patience;
    private final Observer observer;
    private final ChangeSignal changes = new ChangeSignal();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("reconciler").unstarted(this::run);
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
     * @param loadBalancers receives each new topology; must be quick
     * @param patience how long to wait for engines that have not answered before serving without them
     * @param observer receives every result, with or without a new topology
     */
    public TopologyReconciler(
            Supplier<InventorySnapshot> inventory,
            Function<InventorySnapshot, PipelineResult> pipeline,
            Consumer<TopologySnapshot> loadBalancers,
            Duration patience,
            Observer observer) {
        this.inventory = inventory;
        this.pipeline = pipeline;
        this.loadBalancers = loadBalancers;
        this.patience = patience;
        this.observer = observer;
    }

    /** Starts the thread. */
    public void start() {
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
        Deadline deadline = Deadline.in(patience);
        while (!closing && anyUnknown(inventory.get())) {
            if (deadline.isOver() || !changes.await(deadline.left())) {
                return;
            }
        }
    }

    /**
     * Containers that started before Interlock become ready within moments; the first snapshot should contain them all.
     */
    private void awaitReadiness() throws InterruptedException {
        Deadline deadline = Deadline.in(READINESS_LIMIT);
        while (!closing
                && run(inventory.get())
                        .filter(result -> !result.targets().isEmpty())
                        .isPresent()) {
            if (deadline.isOver() || !changes.await(deadline.left())) {
                return;
            }
        }
    }

    private static boolean anyUnknown(InventorySnapshot snapshot) {
        return snapshot.engines().values().stream()
                .anyMatch(engine -> engine.connection() instanceof Connection.Unknown);
    }

    /** Returns after which time to do so again, even without a change. */
    private Optional<Duration> reconcile() {
        InventorySnapshot known = inventory.get();
        Optional<PipelineResult> result = run(known);
        if (result.isPresent()) {
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
