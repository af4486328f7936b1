package io.interlock.app.serving;

import io.interlock.app.reconcile.ReconcileLane;

/** Is told what becomes of load balancers and of their applies, on any thread; must be quick. */
@FunctionalInterface
public interface Watcher extends ReconcileLane.Listener {

    /**
     * One of this plugin is to be used, be it the first or a successor.
     *
     * @param port its listener's TCP port
     */
    default void opening(String pluginId, int port) {}

    /** None of this plugin is to be used any more. */
    default void ended(String pluginId) {}
}
