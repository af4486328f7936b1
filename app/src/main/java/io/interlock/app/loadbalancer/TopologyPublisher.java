package io.interlock.app.loadbalancer;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passes the latest topology to the apply loops that follow it, including loops that follow later. Safe for all
 * threads.
 */
public final class TopologyPublisher {

    private final Set<ApplyLoop> loops = new HashSet<>();
    private volatile @Nullable TopologySnapshot latest;

    /** Sets the topology that must be served from now on. */
    public synchronized void publish(TopologySnapshot snapshot) {
        latest = snapshot;
        loops.forEach(loop -> loop.offer(snapshot));
    }

    /** The topology that must be served; empty before the first. */
    public Topology topology() {
        TopologySnapshot known = latest;
        return known == null ? Topology.EMPTY : known.topology();
    }

    synchronized void follow(ApplyLoop loop) {
        loops.add(loop);
        TopologySnapshot known = latest;
        if (known != null) {
            loop.offer(known);
        }
    }

    synchronized void unfollow(ApplyLoop loop) {
        loops.remove(loop);
    }
}
