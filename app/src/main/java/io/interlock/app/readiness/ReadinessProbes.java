package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.network.ServerEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Detects whether containers are ready. No method blocks. */
public interface ReadinessProbes {

    /** Treats every container as ready at once, for a pipeline that must not contact containers. */
    ReadinessProbes NONE = new ReadinessProbes() {
        @Override
        public Optional<ServerEndpoint> ready(ProbeTarget target) {
            return target.endpoints().stream().findFirst();
        }

        @Override
        public void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning) {}

        @Override
        public void restore(ProbeTarget target) {}

        @Override
        public void onChange(Runnable listener) {}
    };

    /**
     * Returns the endpoint at which the container met the condition; empty if it met it at none. A container that met it
     * at an endpoint stays ready there as long as it runs.
     */
    Optional<ServerEndpoint> ready(ProbeTarget target);

    /**
     * Probes exactly these targets until each of them is ready at one of its endpoints.
     *
     * @param targets all targets that must be probed
     * @param isRunning whether a run continues; results of other runs may be forgotten
     */
    void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning);

    /** Counts a target as ready, because an earlier controller found it ready. */
    void restore(ProbeTarget target);

    /** @param listener called on any thread when a target became ready; must be quick */
    void onChange(Runnable listener);
}
