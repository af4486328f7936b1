package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.How;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.Source.Draft;
import io.interlock.haproxy.plan.Plan;
import io.interlock.haproxy.plan.Planner;
import io.interlock.haproxy.plan.Running;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.TemplateException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one HAProxy serve each topology: look, plan, act, and compare. */
final class HaproxyLoadBalancer implements LoadBalancer {

    private static final Logger log = LoggerFactory.getLogger(HaproxyLoadBalancer.class);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    private final Source source;
    private final Proxy proxy;
    private final FileKeeper files;
    private final Housekeeping housekeeping;
    private final Counting counting;
    private final Previewing previewing;
    private long divergences;

    /**
     * @param requestApply asks the host to apply the latest topology again
     */
    HaproxyLoadBalancer(Source source, Proxy proxy, Counting counting, Previewing previewing, Runnable requestApply) {
        this.source = source;
        this.counting = counting;
        this.previewing = previewing;
        this.proxy = proxy;
        this.files = new FileKeeper(draft -> proxy.writeFiles(source.render(draft)), requestApply, BETWEEN_WRITES);
        this.housekeeping = new Housekeeping(requestApply);
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        long began = System.nanoTime();
        try {
            Draft draft = source.draft(snapshot.topology());
            return act(Planner.plan(look(draft), draft.wanted()), draft, began);
        } catch (TemplateException | HaproxyException.InvalidConfig e) {
            return new Rejected(String.valueOf(e.getMessage()));
        } catch (HaproxyException e) {
            return new Failed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Optional<ProxyStats> stats() throws IOException, InterruptedException {
        return counting.now();
    }

    @Override
    public Optional<Preview> preview(TopologySnapshot snapshot) throws IOException {
        return Optional.of(previewing.of(snapshot));
    }

    @Override
    public void close() {
        housekeeping.close();
        files.close();
        proxy.close();
    }

    /** HAProxy serves on; the successor finds it as a restarted Interlock would. */
    @Override
    public void handOver() {
        housekeeping.close();
        files.close();
        proxy.handOver();
    }

    private Running look(Draft draft) throws TemplateException, InterruptedException {
        Running running = proxy.running();
        return switch (running) {
            case Running.Unknown unknown -> proxy.recognize(source.render(draft));
            case Running.Known known
            when files.hasRefused() -> new Running.Unknown("HAProxy refuses the configuration for its next start");
            case Running.Known known -> known;
            case Running.Stopped stopped -> stopped;
        };
    }

    private ApplyResult act(Plan plan, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        return switch (plan) {
            case Plan.Nothing() -> keep(draft, began);
            case Plan.Start() -> load(How.START, draft, began);
            case Plan.Reload(String reason) -> reload(reason, draft, began);
            case Plan.Steps steps -> tell(steps, draft, began);
        };
    }

    /** HAProxy has what is wanted, as far as is known. Asked for all the same, it is compared with what it really has. */
    private ApplyResult keep(Draft draft, long began) throws TemplateException, HaproxyException, InterruptedException {
        List<String> differences = proxy.verify();
        if (!differences.isEmpty()) {
            return diverged(differences, draft, began);
        }
        if (housekeeping.isTimeForSpares(proxy.served())) {
            return reload("there are few spare backends left", draft, began);
        }
        return tidy(draft, began, new Unchanged(draft.wanted().omissions()));
    }

    private ApplyResult tell(Plan.Steps plan, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        List<String> differences = proxy.change(plan, draft.wanted());
        if (!differences.isEmpty()) {
            return diverged(differences, draft, began);
        }
        housekeeping.changed();
        return tidy(
                draft,
                began,
                plan.steps().isEmpty()
                        ? new Unchanged(draft.wanted().omissions())
                        : applied(How.RUNTIME, draft, began));
    }

    private ApplyResult tidy(Draft draft, long began, ApplyResult result)
            throws TemplateException, HaproxyException, InterruptedException {
        if (housekeeping.isTimeToSweep(proxy.served())) {
            List<String> differences = proxy.sweep();
            if (!differences.isEmpty()) {
                return diverged(differences, draft, began);
            }
        }
        files.keep(draft);
        housekeeping.planNext(proxy.served());
        return result;
    }

    private ApplyResult diverged(List<String> differences, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        divergences++;
        log.warn(
                "HAProxy was found to differ {} times so far from what it was told; now: {}",
                divergences,
                String.join("; ", differences));
        return reload("HAProxy is not as it should be", draft, began);
    }

    private ApplyResult reload(String reason, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        log.info("HAProxy loads its configuration anew: {}", reason);
        return load(How.RELOAD, draft, began);
    }

    private ApplyResult load(How how, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        files.settle();
        proxy.load(source.render(draft));
        housekeeping.changed();
        housekeeping.planNext(proxy.served());
        return applied(how, draft, began);
    }

    private static Applied applied(How how, Draft draft, long began) {
        return new Applied(
                how, Duration.ofNanos(System.nanoTime() - began), draft.wanted().omissions());
    }
}
