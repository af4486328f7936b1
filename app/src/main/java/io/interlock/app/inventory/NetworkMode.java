package io.interlock.app.inventory;

/** Whose network a container is in. */
public sealed interface NetworkMode {

    /** Networks of its own, or none at all. */
    record Own() implements NetworkMode {}

    /** The host's. */
    record Host() implements NetworkMode {}

    /** Another container's, named by its full id. */
    record OfContainer(String containerId) implements NetworkMode {}

    static NetworkMode of(ContainerFacts facts) {
        String mode = facts.networkMode();
        String container = "container:";
        if (mode.startsWith(container)) {
            return new OfContainer(mode.substring(container.length()));
        }
        return mode.equals("host") ? new Host() : new Own();
    }
}
