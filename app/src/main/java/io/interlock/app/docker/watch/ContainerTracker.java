package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.ContainerSignals;
import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.watch.InspectQueue.Ticket;
import io.interlock.app.docker.watch.RunningContainerRegistry.RunningContainer;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the events, lists and inspects of one engine mean for the inventory. It does no I/O and uses no threads:
 * it returns which container to inspect next, and the caller reports the result. Not safe for several threads.
 *
 * <p>The inventory follows inspects only, with two exceptions that need none, both guarded by the engine's own clock:
 * an end that is later than a container's start removes the container, and a stop signal that is later marks it as
 * stopping. An event that is older than the current run leads to an inspect instead, so that any order of events ends
 * in the same state.
 */
final class ContainerTracker {

    private final String engineId;
    private final Inventory inventory;
    private final InspectQueue queue;
    private final StopSignalTracker stops;
    private final InspectRetries retries;

    private final RunningContainerRegistry known = new RunningContainerRegistry(RunningContainerRegistry.MAX_COST);
    /** Signals to containers whose stop signal is not known yet. */
    private final EarlySignals earlySignals;
    /** Times at which containers ended during their inspect. */
    private final Map<String, Instant> endedInFlight = new HashMap<>();
    /** Ids that must still be inspected before the first complete state of this connection. */
    private final Set<String> awaited = new HashSet<>();

    private int round;
    private boolean listing;
    private boolean live;
    private boolean outdated;

    /** Order to inspect a container, given during or after a certain resync. */
    record InspectOrder(Ticket ticket, int round) {}

    ContainerTracker(String engineId, Inventory inventory, EngineWatchParameters settings) {
        this.engineId = engineId;
        this.inventory = inventory;
        this.queue = new InspectQueue(settings.inspectParallelism(), settings.maxDirty());
        this.stops = new StopSignalTracker(settings.stopMargin());
        this.earlySignals = new EarlySignals(settings.maxDirty());
        this.retries = new InspectRetries(settings.inspectRetry(), settings.maxDirty());
    }

    /** Starts a new connection. Nothing that an earlier connection began counts; the known containers stay. */
    void connecting() {
        queue.clear();
        retries.clear();
        endedInFlight.clear();
        earlySignals.clear();
        awaited.clear();
        live = false;
    }

    /** Starts a resync. The events are already subscribed; the request for the list follows. */
    void listing() {
        round++;
        listing = true;
        outdated = false;
    }

    /** Takes over the list. A call of {@link #listing()} must precede it. */
    void listed(Collection<String> running) {
        listing = false;
        Set<String> ids = new HashSet<>(running);
        for (String id : known.ids()) {
            if (ids.contains(id) || isFresh(id)) {
                continue;
            }
            if (queue.isPending(id)) {
                awaited.add(id);
            } else {
                drop(id);
            }
        }
        // Inspects under way may have been answered before the list.
        ids.addAll(queue.inFlight());
        for (String id : ids) {
            if (!isFresh(id)) {
                queue.add(id);
            }
            if (queue.isPending(id)) {
                awaited.add(id);
            }
        }
        earlySignals.retain(queue::isPending);
    }

    private boolean isFresh(String id) {
        RunningContainer container = known.get(id);
        return container != null && container.round() == round;
    }

    /** Whether every listed container has been inspected. */
    boolean isComplete() {
        return !listing && awaited.isEmpty();
    }

    /**
     * Publishes the complete state to the inventory at once. From now on, each change is published. A container that cannot
     * be inspected stays as it was known before.
     */
    void publish(Instant now, NetworkLocation networkLocation) {
        live = true;
        inventory.connected(
                engineId,
                now,
                networkLocation,
                known.all().stream()
                        .map(RunningContainer::inspection)
                        .map(this::facts)
                        .toList(),
                retries.failing());
    }

    /** Records that a change may have been missed, so that everything must be listed and inspected again. */
    void outdated() {
        outdated = true;
    }

    /**
     * Whether a change may have been missed, for example because too many containers waited, and the queue has room for
     * a resync.
     */
    boolean needsResync() {
        return outdated && queue.hasRoom();
    }

    int size() {
        return known.size();
    }

    void onEvent(EngineEvent event, long now) {
        String id = event.containerId();
        switch (event.kind()) {
            case STARTED, CHANGED -> inspectFor(event);
            case NETWORK -> {
                // The start of a container that does not run yet comes as another event.
                if (known.contains(id) || queue.isPending(id)) {
                    inspectFor(event);
                }
            }
            case KILLED -> killed(event, now);
            case ENDED -> ended(event);
            case NODE -> {}
        }
    }

    private void inspectFor(EngineEvent event) {
        if (!queue.addForEvent(event.containerId())) {
            outdated = true;
        }
    }

    private void ended(EngineEvent event) {
        String id = event.containerId();
        RunningContainer container = known.get(id);
        if (container != null
                && !event.at().isAfter(container.inspection().facts().startedAt())) {
            inspectFor(event);
            return;
        }
        drop(id);
        stops.forgetUntil(id, event.at());
        if (queue.isPending(id)) {
            inspectFor(event);
        }
        if (queue.isInFlight(id)) {
            endedInFlight.merge(id, event.at(), (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    private void killed(EngineEvent event, long now) {
        String id = event.containerId();
        RunningContainer container = known.get(id);
        if (container != null) {
            stopIfAsked(container.inspection(), event, now);
            show(container.inspection());
        } else if (!earlySignals.add(event)) {
            outdated = true;
        } else {
            if (!listing) {
                inspectFor(event);
            }
        }
    }

    private void stopIfAsked(ContainerInspection container, EngineEvent signal, long now) {
        if (ContainerSignals.ends(signal.signal(), container.stopSignal())
                && signal.at().isAfter(container.facts().startedAt())) {
            stops.sent(signal.containerId(), signal.at(), container.stopTimeout(), now);
        }
    }

    /** Returns the next inspect to start now. A call of {@link #inspected} or {@link #failed} must follow. */
    Optional<InspectOrder> next() {
        return queue.next().map(ticket -> new InspectOrder(ticket, round));
    }

    /** Takes over the result of an inspect; empty if there is no such container. */
    void inspected(InspectOrder order, Optional<ContainerInspection> answer, long now) {
        String id = order.ticket().containerId();
        finished(order.ticket());
        retries.succeeded(id);
        Instant ended = endedInFlight.remove(id);
        Optional<ContainerInspection> running = answer.filter(ContainerInspection::running);
        if (running.isEmpty()) {
            drop(id);
            if (!queue.isPending(id)) {
                List<EngineEvent> unused = earlySignals.take(id);
            }
        } else if (!isOver(running.get(), ended)) {
            Collection<ContainerInspection> different = known.put(id, running.get(), order.round());
            earlySignals.take(id).forEach(signal -> stopIfAsked(running.get(), signal, now));
            different.forEach(this::show);
        }
    }

    /**
     * Whether the inspected run ended during the inspect. The end leads to another inspect, which shows the state after
     * it.
     */
    private static boolean isOver(ContainerInspection seen, @Nullable Instant ended) {
        return ended != null && ended.isAfter(seen.facts().startedAt());
    }

    /** Records a failed inspect, which is tried again. Returns true if it is the container's first failure in a row. */
    boolean failed(InspectOrder order, long now) {
        String id = order.ticket().containerId();
        finished(order.ticket());
        endedInFlight.remove(id);
        if (!retries.accepts(id)) {
            outdated = true;
            return false;
        }
        return retries.failed(id, now);
    }

    private void finished(Ticket ticket) {
        queue.done(ticket);
        awaited.remove(ticket.containerId());
    }

    /** Performs everything that is due. {@link #nextDue()} returns the time of the next call. */
    void tick(long now) {
        retries.due(now).forEach(queue::add);
        stops.due(now).stream().filter(known::contains).forEach(queue::add);
    }

    /** Returns when {@link #tick} is due, by the same clock; empty if never. */
    OptionalLong nextDue() {
        return earliest(retries.nextDue(), stops.nextDue());
    }

    private static OptionalLong earliest(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() - other.getAsLong() < 0 ? one : other;
    }

    private void show(ContainerInspection inspection) {
        if (live) {
            inventory.put(facts(inspection));
        }
    }

    private ContainerFacts facts(ContainerInspection inspection) {
        ContainerFacts facts = inspection.facts();
        return facts.withStopping(
                facts.stopping() || stops.isStopping(facts.key().containerId(), facts.startedAt()));
    }

    private void drop(String id) {
        known.remove(id);
        if (live) {
            inventory.remove(new ContainerKey(engineId, id));
        }
    }
}
