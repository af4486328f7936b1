package io.interlock.app.docker.watch;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which containers are to be inspected, each once however often it was asked for, and never twice at a time. Those asked
 * for by events come first, so that a container that starts does not wait for a resync. Not safe for several threads.
 */
final class InspectQueue {

    /** Why a container is inspected. */
    enum Cause {
        EVENT,
        OTHER
    }

    /** Leave to inspect a container. */
    record Ticket(String containerId, Cause cause) {}

    private final int parallelism;
    private final int maxOfEvents;
    private final Set<String> ofEvents = new LinkedHashSet<>();
    private final Set<String> ofOthers = new LinkedHashSet<>();
    private final Set<String> inFlight = new HashSet<>();

    /**
     * @param parallelism how many may be inspected at a time
     * @param maxOfEvents how many may wait because of events
     */
    InspectQueue(int parallelism, int maxOfEvents) {
        this.parallelism = parallelism;
        this.maxOfEvents = maxOfEvents;
    }

    /** Asks for an inspect that begins after this call. */
    void add(String containerId) {
        if (!ofEvents.contains(containerId)) {
            ofOthers.add(containerId);
        }
    }

    /** As {@link #add}, because of an event; false if too many wait already and this one has not been taken. */
    boolean addForEvent(String containerId) {
        if (ofEvents.size() >= maxOfEvents && !ofEvents.contains(containerId)) {
            return false;
        }
        ofOthers.remove(containerId);
        ofEvents.add(containerId);
        return true;
    }

    /** The next container to inspect now; {@link #done} has to follow. */
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

    /** Whether the container waits to be inspected or is being inspected. */
    boolean isPending(String containerId) {
        return isInFlight(containerId) || ofEvents.contains(containerId) || ofOthers.contains(containerId);
    }

    /** Whether many more can be asked for by events. */
    boolean hasRoom() {
        return ofEvents.size() <= maxOfEvents / 2;
    }

    /** Forgets everything; inspects that are under way are not waited for. */
    void clear() {
        ofEvents.clear();
        ofOthers.clear();
        inFlight.clear();
    }
}
