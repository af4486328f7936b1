package io.interlock.haproxy.apply;

import io.interlock.haproxy.apply.DesiredConfigSource.Draft;
import io.interlock.haproxy.plan.ApplyPlan;
import io.interlock.haproxy.plan.ApplyPlanner;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.haproxy.plan.RunState;
import io.interlock.haproxy.plan.RuntimeSubset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells HAProxy what needs no reload, for as long as a reload fails that would tell it everything. Confined to the thread
 * of its load balancer.
 */
final class RuntimeSubsetApplier {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private final HaproxyDriver proxy;
    private final BackgroundFileWriter files;

    RuntimeSubsetApplier(HaproxyDriver proxy, BackgroundFileWriter files) {
        this.proxy = proxy;
        this.files = files;
    }

    /** Applies what can be applied of the draft. */
    void apply(Draft failed) throws InterruptedException {
        if (!proxy.changesAtRuntime() || !(proxy.running() instanceof RunState.Known(ProxyState served))) {
            return;
        }
        Draft subset = new Draft(RuntimeSubset.of(served, failed.desired()), failed.template(), List.of());
        Optional<ApplyPlan.Steps> steps = ApplyPlanner.stepsTo(served, subset.desired());
        if (steps.isPresent() && !steps.get().steps().isEmpty()) {
            List<String> differences = proxy.change(steps.get(), subset.desired());
            log.info(
                    "HAProxy was told what needs no reload, by {} commands{}",
                    steps.get().steps().size(),
                    differences.isEmpty() ? "" : ", and differs: " + String.join("; ", differences));
        }
        if (proxy.running() instanceof RunState.Known) {
            files.keep(subset);
        }
    }
}
