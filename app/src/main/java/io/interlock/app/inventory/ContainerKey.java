package io.interlock.app.inventory;

import io.interlock.api.status.EngineStatus;

/**
 * Identity of a container over all engines. Equal container ids on two engines are two containers.
 *
 * @param engineId the engine's id in Interlock's configuration
 * @param containerId the engine's full id of the container
 */
public record ContainerKey(String engineId, String containerId) implements Comparable<ContainerKey> {

    /** The id of the engine that stands for the operator's files of services; no configured engine can have it. */
    public static final String SERVICES = EngineStatus.SERVICES;

    private static final int SHORT = 12;

    /** Whether this is a server of a service in the operator's files, and not a container. */
    public boolean isService() {
        return engineId.equals(SERVICES);
    }

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
