package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.apply.DesiredConfigSource.Draft;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.plan.ApplyPlan;
import io.interlock.haproxy.plan.ApplyPlanner;
import io.interlock.haproxy.plan.RunState;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.stats.HaproxyStatsReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load balancer that makes one HAProxy serve each topology: reads the state, plans, executes and compares the result.
 */
public final class HaproxyLoadBalancer implements LoadBalancer {

    private static final Logger log = LoggerFactory.getLogger("haproxy");
    private static final int MOST_CERTIFICATES_REFUSED = 20;
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    private final DesiredConfigSource source;
    private final HaproxyDriver proxy;
    private final RefusalHandler examiner;
    private final ReloadThrottle pace;
    private final BackgroundFileWriter files;
    private final RuntimeSubsetApplier subsets;
    private final IdleTaskScheduler idleTasks;
    private final HaproxyStatsReader counting;
    private final PreviewRenderer previewing;
    private final Set<Capability> capabilities;
    private long divergences;
    private boolean failing;
    private volatile @Nullable Latest latest;

    /** The latest topology with its draft, which excludes what HAProxy refuses. */
    private record Latest(Topology topology, Draft draft) {}

    /**
     * @param capabilities the capabilities of this HAProxy
     * @param pace the minimum time between reloads
     * @param version of HAProxy
     * @param requestApply asks the plugin host to apply the latest topology again
     */
    public HaproxyLoadBalancer(
            DesiredConfigSource source,
            HaproxyDriver proxy,
            ReloadThrottle pace,
            HaproxyStatsReader counting,
            PreviewRenderer previewing,
            HaproxyVersion version,
            Set<Capability> capabilities,
            Runnable requestApply) {
        this.source = source;
        this.counting = counting;
        this.previewing = previewing;
        this.capabilities = capabilities;
        this.proxy = proxy;
        this.examiner = new RefusalHandler(source, proxy.files());
        this.pace = pace;
        this.files = new BackgroundFileWriter(
                draft -> proxy.files().writeIfDifferent(source.render(draft)), requestApply, BETWEEN_WRITES);
        this.subsets = new RuntimeSubsetApplier(proxy, files);
        this.idleTasks = new IdleTaskScheduler(version, requestApply);
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        long began = System.nanoTime();
        try {
            if (files.hasRefused()) {
                examine(snapshot.topology());
            }
            return attempt(snapshot.topology(), began);
        } catch (TemplateException | HaproxyException.InvalidConfig e) {
            recordFailure();
            return new Rejected(String.valueOf(e.getMessage()));
        } catch (HaproxyException e) {
            recordFailure();
            return new Failed(String.valueOf(e.getMessage()), e);
        }
    }

    private void recordFailure() throws InterruptedException {
        failing = true;
        Latest failed = latest;
        if (failed != null) {
            subsets.apply(failed.draft());
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public boolean proxyRuns() throws InterruptedException {
        return proxy.isLeftRunning();
    }

    @Override
    public Optional<ProxyStats> stats() throws IOException, InterruptedException {
        return counting.now();
    }

    @Override
    public Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws IOException {
        Latest known = latest;
        return Optional.of(
                known != null && known.topology().equals(snapshot.topology())
                        ? previewing.of(known.draft(), source)
                        : previewing.of(snapshot.topology()));
    }

    @Override
    public void close() {
        source.close();
        idleTasks.close();
        files.close();
        proxy.close();
    }

    /** Leaves HAProxy serving. The successor finds it as a restarted Interlock would. */
    @Override
    public void handOver() {
        source.close();
        idleTasks.close();
        files.close();
        proxy.handOver();
    }

    private ApplyResult attempt(Topology topology, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        boolean known = latest != null && latest.topology().equals(topology);
        // HAProxy stops at the first certificate that it refuses.
        for (int tries = 0; tries < MOST_CERTIFICATES_REFUSED; tries++) {
            Draft draft = draft(topology);
            try {
                return act(draft, known, began);
            } catch (HaproxyException.InvalidConfig refused) {
                log.warn("{}", refused.getMessage());
                if (!source.refuseCertificates(draft.desired(), refused.alerts())) {
                    examine(topology);
                    return act(draft(topology), known, began);
                }
            }
        }
        throw new HaproxyException("HAProxy refuses more than " + MOST_CERTIFICATES_REFUSED
                + " certificates; those that were found so far are left out, the next attempt goes on");
    }

    private Draft draft(Topology topology) throws TemplateException {
        BindableTopology free = BindableTopology.of(topology, proxy::obstacleAt);
        Draft draft = source.draft(free.topology()).with(free.omissions());
        latest = new Latest(topology, draft);
        return draft;
    }

    private void examine(Topology topology) throws TemplateException, HaproxyException, InterruptedException {
        files.settle();
        examiner.examine(topology);
    }

    private RunState look(Draft draft) throws TemplateException, InterruptedException {
        RunState running = proxy.running();
        return running instanceof RunState.Unknown ? proxy.recognize(source.render(draft)) : running;
    }

    /**
     * @param again whether the previous apply had the same topology
     */
    private ApplyResult act(Draft draft, boolean again, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        return switch (ApplyPlanner.plan(look(draft), draft.desired())) {
            case ApplyPlan.Nothing() ->
                again ? keep(draft, began) : tidy(draft, began, new Unchanged(draft.omissions()));
            case ApplyPlan.Start() -> start(draft, began);
            case ApplyPlan.Reload(ReloadReason reason) -> {
                if (failing) {
                    // The next attempt may take as long as the last.
                    subsets.apply(draft);
                }
                yield reload(reason, draft, began);
            }
            case ApplyPlan.Steps steps -> tell(steps, draft, began);
        };
    }

    /**
     * Keeps the state, which equals the desired one as far as is known. Because the same topology was requested again,
     * compares it with the actual state of HAProxy.
     */
    private ApplyResult keep(Draft draft, long began) throws TemplateException, HaproxyException, InterruptedException {
        List<String> differences = proxy.verify();
        if (!differences.isEmpty()) {
            return diverged(differences, draft, began);
        }
        Optional<ReloadCause> due = idleTasks.dueReload(proxy.served(), counting.oldWorkers());
        if (due.isPresent()) {
            return reload(new ReloadReason(due.get()), draft, began);
        }
        return tidy(draft, began, new Unchanged(draft.omissions()));
    }

    private ApplyResult tell(ApplyPlan.Steps plan, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        List<String> differences = proxy.change(plan, draft.desired());
        if (!differences.isEmpty()) {
            return diverged(differences, draft, began);
        }
        idleTasks.changed();
        return tidy(
                draft,
                began,
                plan.steps().isEmpty() ? new Unchanged(draft.omissions()) : applied(ApplyMethod.RUNTIME, draft, began));
    }

    private ApplyResult tidy(Draft draft, long began, ApplyResult result)
            throws TemplateException, HaproxyException, InterruptedException {
        if (idleTasks.isTimeToSweep(proxy.served())) {
            List<String> differences = proxy.sweep();
            if (!differences.isEmpty()) {
                return diverged(differences, draft, began);
            }
        }
        files.keep(draft);
        idleTasks.planNext(proxy.served(), source.next());
        return result;
    }

    private ApplyResult diverged(List<String> differences, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        divergences++;
        log.warn(
                "HAProxy was found to differ {} times so far from what it was told; now: {}",
                divergences,
                String.join("; ", differences));
        return reload(new ReloadReason(ReloadCause.DIVERGED_STATE, differences.getFirst()), draft, began);
    }

    private ApplyResult start(Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        // HAProxy may run by now if another program starts it.
        load(draft, new ReloadReason(ReloadCause.UNKNOWN_STATE, "HAProxy was started by somebody else"));
        return applied(ApplyMethod.START, draft, began);
    }

    private ApplyResult reload(ReloadReason reason, Draft draft, long began)
            throws TemplateException, HaproxyException, InterruptedException {
        pace.awaitTurn();
        load(draft, reason);
        return Applied.byReload(reason, since(began), draft.omissions());
    }

    private void load(Draft draft, ReloadReason reason)
            throws TemplateException, HaproxyException, InterruptedException {
        files.settle();
        proxy.load(source.render(draft), reason);
        failing = false;
        examiner.accepted(draft.desired());
        idleTasks.loaded();
        idleTasks.planNext(proxy.served(), source.next());
    }

    private static Applied applied(ApplyMethod how, Draft draft, long began) {
        return new Applied(how, since(began), draft.omissions());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
