package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.ContainerSignals;
import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.watch.InspectQueue.Ticket;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import java.time.Instant;
import java.util.ArrayList;
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
 * Decides what one engine's events, lists and inspects mean for the inventory. It does no I/O and knows no threads: it
 * says which container to inspect next, and is told what came of it. Not safe for several threads.
 *
 * <p>The inventory follows inspects only, with two shortcuts that need none, both guarded by the engine's own clock: an
 * end that is later than a container's start removes it, and a stop signal that is later marks it as stopping. An event
 * that is older than the run it speaks of leads to an inspect instead, so any order of events ends in the same state.
 */
final class ContainerTracker {

    private static final int MAX_EARLY_SIGNALS = 16;

    private final String engineId;
    private final Inventory inventory;
    private final InspectQueue queue;
    private final StopSignalTracker stops;
    private final InspectRetries retries;

    private final Map<String, RunningContainer> known = new HashMap<>();
    /** Signals to containers whose stop signal is not known yet. */
    private final Map<String, List<EngineEvent>> earlySignals = new HashMap<>();
    /** When containers ended that were being inspected at that time. */
    private final Map<String, Instant> endedInFlight = new HashMap<>();
    /** What is still to be inspected until the first complete state of this connection. */
    private final Set<String> awaited = new HashSet<>();

    private final int maxEarlySignals;

    private int round;
    private boolean listing;
    private boolean live;
    private boolean outdated;

    /** A container that runs, and at which resync or after it that was seen. */
    private record RunningContainer(ContainerInspection inspection, int round) {
        Instant startedAt() {
            return inspection.facts().startedAt();
        }
    }

    /** An inspect to make, begun at a certain resync or after it. */
    record InspectOrder(Ticket ticket, int round) {}

    ContainerTracker(String engineId, Inventory inventory, EngineWatchParameters settings) {
        this.engineId = engineId;
        this.inventory = inventory;
        this.queue = new InspectQueue(settings.inspectParallelism(), settings.maxDirty());
        this.stops = new StopSignalTracker(settings.stopMargin());
        this.maxEarlySignals = settings.maxDirty();
        this.retries = new InspectRetries(settings.inspectRetry());
    }

    /** A new connection: nothing that an earlier one began counts any more, what it knew does. */
    void connecting() {
        queue.clear();
        retries.clear();
        endedInFlight.clear();
        earlySignals.clear();
        awaited.clear();
        live = false;
    }

    /** A resync begins; events are subscribed already, the list will be asked for after this. */
    void listing() {
        round++;
        listing = true;
        outdated = false;
    }

    /** What the list said; {@link #listing()} went before. */
    void listed(Collection<String> running) {
        listing = false;
        Set<String> ids = new HashSet<>(running);
        for (String id : List.copyOf(known.keySet())) {
            if (ids.contains(id) || isFresh(id)) {
                continue;
            }
            if (queue.isPending(id)) {
                awaited.add(id);
            } else {
                drop(id);
            }
        }
        // Those under way may have been answered before the list.
        ids.addAll(queue.inFlight());
        for (String id : ids) {
            if (!isFresh(id)) {
                queue.add(id);
                awaited.add(id);
            }
        }
        earlySignals.keySet().removeIf(id -> !queue.isPending(id));
    }

    private boolean isFresh(String id) {
        RunningContainer container = known.get(id);
        return container != null && container.round() == round;
    }

    /** Whether everything that was listed has been inspected. */
    boolean isComplete() {
        return !listing && awaited.isEmpty();
    }

    /** The state is complete: it becomes visible at once, and from now on each change does. */
    void publish(Instant now, NetworkLocation vantage) {
        live = true;
        inventory.connected(
                engineId,
                now,
                vantage,
                known.values().stream()
                        .map(RunningContainer::inspection)
                        .map(this::facts)
                        .toList());
    }

    /** Something may have been missed: everything is to be listed and inspected again. */
    void outdated() {
        outdated = true;
    }

    /** Whether something may have been missed, for one because too many containers waited, and a resync would find room now. */
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
                // One that does not run yet is announced by its start.
                if (known.containsKey(id) || queue.isPending(id)) {
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
        if (container != null && !event.at().isAfter(container.startedAt())) {
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
        } else if (earlySignals.size() >= maxEarlySignals && !earlySignals.containsKey(id)) {
            outdated = true;
        } else {
            // Which signal ends it is not known yet.
            List<EngineEvent> signals = earlySignals.computeIfAbsent(id, unseen -> new ArrayList<>());
            if (signals.size() < MAX_EARLY_SIGNALS) {
                signals.add(event);
            }
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

    /** The next inspect to make now; {@link #inspected} or {@link #failed} has to follow. */
    Optional<InspectOrder> next() {
        return queue.next().map(ticket -> new InspectOrder(ticket, round));
    }

    /** What an inspect said; empty if there is no such container. */
    void inspected(InspectOrder order, Optional<ContainerInspection> answer, long now) {
        String id = order.ticket().containerId();
        finished(order.ticket());
        retries.succeeded(id);
        Instant ended = endedInFlight.remove(id);
        Optional<ContainerInspection> running = answer.filter(ContainerInspection::running);
        if (running.isEmpty()) {
            drop(id);
            if (!queue.isPending(id)) {
                earlySignals.remove(id);
            }
        } else if (!isOver(running.get(), ended)) {
            known.put(id, new RunningContainer(running.get(), order.round()));
            List<EngineEvent> signals = earlySignals.remove(id);
            if (signals != null) {
                signals.forEach(signal -> stopIfAsked(running.get(), signal, now));
            }
            show(running.get());
        }
    }

    /** Whether the run that was seen ended meanwhile; the inspect that this led to tells what came after. */
    private static boolean isOver(ContainerInspection seen, @Nullable Instant ended) {
        return ended != null && ended.isAfter(seen.facts().startedAt());
    }

    /** An inspect did not succeed: it will be tried again; true if it is the first time in a row for this container. */
    boolean failed(InspectOrder order, long now) {
        String id = order.ticket().containerId();
        finished(order.ticket());
        endedInFlight.remove(id);
        return retries.failed(id, now);
    }

    private void finished(Ticket ticket) {
        queue.done(ticket);
        awaited.remove(ticket.containerId());
    }

    /** Does what is due; {@link #nextDue()} says when to call it next. */
    void tick(long now) {
        retries.due(now).forEach(queue::add);
        stops.due(now).stream().filter(known::containsKey).forEach(queue::add);
    }

    /** When {@link #tick} has something to do, by the same clock; empty if never. */
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
        if (known.remove(id) != null && live) {
            inventory.remove(new ContainerKey(engineId, id));
        }
    }
}
