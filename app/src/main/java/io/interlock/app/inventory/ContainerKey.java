package io.interlock.app.inventory;

/**
 * Identifies a container over all engines: equal ids on two engines are two containers.
 *
 * @param engineId the engine's id in Interlock's configuration
 * @param containerId the engine's full id of the container
 */
public record ContainerKey(String engineId, String containerId) implements Comparable<ContainerKey> {

    private static final int SHORT = 12;

    /** The first twelve characters of the container's id, as {@code docker ps} shows it. */
    public String shortId() {
        return containerId.substring(0, Math.min(SHORT, containerId.length()));
    }

    /** By engine, then id. */
    @Override
    public int compareTo(ContainerKey other) {
        int byEngine = engineId.compareTo(other.engineId);
        return byEngine != 0 ? byEngine : containerId.compareTo(other.containerId);
    }

    @Override
    public String toString() {
        return engineId + "/" + shortId();
    }
}
