package io.interlock.app.docker.watch;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Queue of the containers to inspect. Each container is in the queue at most once, and never has two inspects at a
 * time. Requests because of events come first, so that a container that starts does not wait for a resync. Not safe for
 * several threads.
 */
final class InspectQueue {

    /** Reason for an inspect. */
    enum Cause {
        EVENT,
        OTHER
    }

    /** Permission to inspect a container. */
    record Ticket(String containerId, Cause cause) {}

    private final int parallelism;
    private final int maxOfEvents;
    private final Set<String> ofEvents = new LinkedHashSet<>();
    private final Set<String> ofOthers = new LinkedHashSet<>();
    private final Set<String> inFlight = new HashSet<>();

    /**
     * @param parallelism maximum number of inspects at a time
     * @param maxOfEvents maximum number of containers that wait because of events
     */
    InspectQueue(int parallelism, int maxOfEvents) {
        this.parallelism = parallelism;
        this.maxOfEvents = maxOfEvents;
    }

    /** Requests an inspect that begins after this call. */
    void add(String containerId) {
        if (!ofEvents.contains(containerId)) {
            ofOthers.add(containerId);
        }
    }

    /**
     * Requests an inspect as {@link #add} does, because of an event. Returns false if the queue is full and does not
     * accept the container.
     */
    boolean addForEvent(String containerId) {
        if (ofEvents.size() >= maxOfEvents && !ofEvents.contains(containerId)) {
            return false;
        }
        ofOthers.remove(containerId);
        ofEvents.add(containerId);
        return true;
    }

    /** Returns the next container to inspect now. A call of {@link #done} must follow. */
    Optional<Ticket> next() {
        if (inFlight.size() >= parallelism) {
            return Optional.empty();
        }
        return take(ofEvents, Cause.EVENT).or(() -> take(ofOthers, Cause.OTHER));
    }

    private Optional<Ticket> take(Set<String> from, Cause cause) {
        for (Iterator<String> waiting = from.iterator(); waiting.hasNext(); ) {
            String id = waiting.next();
            if (inFlight.add(id)) {
                waiting.remove();
                return Optional.of(new Ticket(id, cause));
            }
        }
        return Optional.empty();
    }

    void done(Ticket ticket) {
        inFlight.remove(ticket.containerId());
    }

    Set<String> inFlight() {
        return Set.copyOf(inFlight);
    }

    boolean isInFlight(String containerId) {
        return inFlight.contains(containerId);
    }

    /** Whether the container waits for an inspect or is being inspected. */
    boolean isPending(String containerId) {
        return isInFlight(containerId) || ofEvents.contains(containerId) || ofOthers.contains(containerId);
    }

    /** Whether the queue has room for many more requests because of events. */
    boolean hasRoom() {
        return ofEvents.size() <= maxOfEvents / 2;
    }

    /** Removes everything. Does not wait for inspects under way. */
    void clear() {
        ofEvents.clear();
        ofOthers.clear();
        inFlight.clear();
    }
}
