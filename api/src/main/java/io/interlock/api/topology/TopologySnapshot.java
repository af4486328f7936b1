package io.interlock.api.topology;

/**
 * Topology with its revision. Two snapshots of the same topology are equal, whatever their revisions.
 *
 * @param revision number of changes since the host started; at least 0; later is greater
 * @param topology what must be served
 */
public record TopologySnapshot(long revision, Topology topology) {

    /**
     * @throws IllegalArgumentException if the revision is negative
     */
    public TopologySnapshot {
        if (revision < 0) {
            throw new IllegalArgumentException("negative revision: " + revision);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopologySnapshot snapshot && topology.equals(snapshot.topology);
    }

    @Override
    public int hashCode() {
        return topology.hashCode();
    }
}
