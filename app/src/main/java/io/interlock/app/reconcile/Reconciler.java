package io.interlock.app.reconcile;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.inventory.EngineView.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.Assembly;
import io.interlock.util.ChangeSignal;
import io.interlock.util.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles a topology whenever something may have changed, and hands it to every lane if it did. Changes that come while
 * one is being assembled are taken together.
 *
 * <p>Before every engine has been heard of, nothing is handed on, for a limited time: what is unknown is not empty, and a
 * proxy that still serves from before must not be told to forget it.
 */
public final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private static final Duration FIRST_CONTACTS_LIMIT = Duration.ofSeconds(1);

    private final Supplier<InventorySnapshot> inventory;
    private final Assembling assembling;
    private final Consumer<TopologySnapshot> lanes;
    private final Duration patience;
    private final Observer observer;
    private final ChangeSignal changes = new ChangeSignal();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("reconciler").unstarted(this::run);
    private volatile boolean closing;
    private @Nullable TopologySnapshot wanted;
    private long revision;

    /** Makes an assembly of an inventory, and sees to what the assembly asks for. */
    @FunctionalInterface
    public interface Assembling {
        Assembly assemble(InventorySnapshot inventory);
    }

    /** Is told what was assembled after it was handed on, on the reconciler's thread; must be quick. */
    @FunctionalInterface
    public interface Observer {
        void reconciled(InventorySnapshot inventory, Assembly assembly, TopologySnapshot wanted);
    }

    /**
     * A reconciler that does nothing yet.
     *
     * @param lanes takes each new topology; must be quick
     * @param patience how long to wait for engines that were not heard of before serving without them
     * @param observer is told after every look, whether or not it led to something new to serve
     */
    public Reconciler(
            Supplier<InventorySnapshot> inventory,
            Assembling assembling,
            Consumer<TopologySnapshot> lanes,
            Duration patience,
            Observer observer) {
        this.inventory = inventory;
        this.assembling = assembling;
        this.lanes = lanes;
        this.patience = patience;
        this.observer = observer;
    }

    /** Starts the thread that assembles. */
    public void start() {
        thread.start();
    }

    /** Says that something may have changed. Any thread; returns at once. */
    public void changed() {
        changes.raise();
    }

    /** Ends the thread; lanes are left to those who made them. */
    public void close() throws InterruptedException {
        closing = true;
        changes.raise();
        thread.join();
    }

    private void run() {
        try {
            awaitEngines();
            awaitFirstContacts();
            changes.clear();
            while (!closing) {
                reconcile();
                changes.await();
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

    /** Containers that ran before Interlock are heard of within moments; the first snapshot is to have them all. */
    private void awaitFirstContacts() throws InterruptedException {
        Deadline deadline = Deadline.in(FIRST_CONTACTS_LIMIT);
        while (!closing
                && assemble(inventory.get())
                        .filter(assembly -> !assembly.warmUps().isEmpty())
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

    private void reconcile() {
        InventorySnapshot known = inventory.get();
        Optional<Assembly> assembly = assemble(known);
        if (assembly.isPresent()) {
            observer.reconciled(known, assembly.get(), offer(assembly.get().topology()));
        }
    }

    /** Hands a topology on if it is another one than before. */
    private TopologySnapshot offer(Topology topology) {
        TopologySnapshot latest = wanted;
        if (latest != null && latest.topology().equals(topology)) {
            return latest;
        }
        TopologySnapshot snapshot = new TopologySnapshot(++revision, topology);
        wanted = snapshot;
        lanes.accept(snapshot);
        return snapshot;
    }

    private Optional<Assembly> assemble(InventorySnapshot known) {
        try {
            return Optional.of(assembling.assemble(known));
        } catch (RuntimeException e) {
            // A defect of ours must not end the only thread that brings changes on.
            log.error("could not assemble a topology; what is served stays as it is", e);
            return Optional.empty();
        }
    }
}
