package io.interlock.app.inventory;

/**
 * Identity of a container over all engines. Equal container ids on two engines are two containers.
 *
 * @param engineId the engine's id in Interlock's configuration
 * @param containerId the engine's full id of the container
 */
public record ContainerKey(String engineId, String containerId) implements Comparable<ContainerKey> {

    private static final int SHORT = 12;

    /** Returns the first twelve characters of the container's id, as in {@code docker ps}. */
    public String shortId() {
        return containerId.substring(0, Math.min(SHORT, containerId.length()));
    }

    /** Compares by engine, then by id. */
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
