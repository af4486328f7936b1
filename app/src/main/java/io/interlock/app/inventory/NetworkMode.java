package io.interlock.app.inventory;

/** Network stack that a container uses. */
public sealed interface NetworkMode {

    /** The container has networks of its own, or none. */
    record Own() implements NetworkMode {}

    /** The container uses the network of its host. */
    record Host() implements NetworkMode {}

    /** The container uses the network of another container, named by its full id. */
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
