package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import java.util.List;
import java.util.function.Predicate;

/** Finds out whether containers are ready. No method blocks. */
public interface ReadinessProbes {

    /** Takes every container for ready at once, for a pipeline that is not to contact any. */
    ReadinessProbes NONE = new ReadinessProbes() {
        @Override
        public boolean isReady(ProbeTarget target) {
            return true;
        }

        @Override
        public void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning) {}

        @Override
        public void onChange(Runnable listener) {}
    };

    /** Whether the container met the condition: once it did, it stays ready as long as it runs. */
    boolean isReady(ProbeTarget target);

    /**
     * Probes these targets and no others, until each of them is ready.
     *
     * @param targets all that are to be probed
     * @param isRunning whether a run goes on; the results for other runs may be forgotten
     */
    void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning);

    /**
     * @param listener is called on any thread when a target became ready; must be quick
     */
    void onChange(Runnable listener);
}
