package io.interlock.app.plugin.guard;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.capability.CapabilityFilter;
import io.interlock.app.capability.CapabilityFilter.FilteredTopology;
import io.interlock.pluginhost.ApiVersion;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.util.ErrorMessages;
import io.interlock.util.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards every call to a load balancer: the thread has the plugin's class loader, the call has a deadline, exceptions
 * become results, and the topology has only features that the load balancer supports.
 */
public final class LoadBalancerGuard {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    /** Short: a client waits for these answers, and nothing depends on them. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final String pluginId;
    private final String type;
    private final ClassLoader classLoader;
    private final PluginTimeLimits limits;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean handsOver;

    public LoadBalancerGuard(String pluginId, String type, ClassLoader classLoader, PluginTimeLimits limits) {
        this.pluginId = pluginId;
        this.type = type;
        this.classLoader = classLoader;
        this.limits = limits;
    }

    /** The problem of the call that runs; empty if none is known. Any thread. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Whether the load balancer leaves its proxy to a successor. Any thread. */
    public boolean handsOver() {
        return handsOver;
    }

    private static boolean handsOver(Class<? extends LoadBalancer> type) throws NoSuchMethodException {
        return type.getMethod("handOver").getDeclaringClass() != LoadBalancer.class;
    }

    /** Creates a load balancer that never throws anything but {@link InterruptedException}. */
    public LoadBalancer open(Callable<LoadBalancer> create)
            throws LoadBalancerUnavailableException, InterruptedException {
        TimeLimit limit = deadline("create a load balancer");
        try {
            LoadBalancer loadBalancer = within(create);
            if (loadBalancer == null) {
                throw new LoadBalancerUnavailableException("its factory made null, which is a defect of the plugin");
            }
            handsOver = handsOver(loadBalancer.getClass());
            CapabilityFilter fitting = new CapabilityFilter(type, within(loadBalancer::capabilities));
            return guarded(loadBalancer, fitting, within(loadBalancer::proxyRuns));
        } catch (LoadBalancerUnavailableException e) {
            throw e;
        } catch (InterruptedException e) {
            if (limit.end()) {
                throw new LoadBalancerUnavailableException("was not created within "
                        + limits.call().toSeconds() + " s: it hangs, which is a defect of the plugin");
            }
            throw e;
        } catch (LinkageError e) {
            throw new LoadBalancerUnavailableException(LoadedPlugin.whyNotLinked(e, ApiVersion.current()), e);
        } catch (Exception | Error e) {
            throw new LoadBalancerUnavailableException(
                    "could not be created: " + ErrorMessages.reason(survivable(e)), e);
        } finally {
            end(limit);
        }
    }

    private LoadBalancer guarded(LoadBalancer loadBalancer, CapabilityFilter fitting, boolean proxyRuns) {
        return new LoadBalancer() {
            @Override
            public boolean proxyRuns() {
                return proxyRuns;
            }

            @Override
            public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
                FilteredTopology fitted = fitting.filter(snapshot.topology());
                return with(fitted.omissions(), guardedApply(loadBalancer, doable(snapshot, fitted)));
            }

            @Override
            public Optional<ProxyStats> stats() throws IOException, InterruptedException {
                return asked("tell its statistics", loadBalancer::stats);
            }

            @Override
            public Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws IOException, InterruptedException {
                TopologySnapshot doable = doable(snapshot, fitting.filter(snapshot.topology()));
                return asked("show what it would write", () -> loadBalancer.preview(doable));
            }

            @Override
            public void close() {
                end(loadBalancer::close);
            }

            @Override
            public void handOver() {
                end(loadBalancer::handOver);
            }
        };
    }

    private static TopologySnapshot doable(TopologySnapshot snapshot, FilteredTopology fitted) {
        return new TopologySnapshot(snapshot.revision(), fitted.topology());
    }

    /** Calls on the asker's thread, concurrently with other calls. */
    private <T> Optional<T> asked(String action, Callable<Optional<T>> question)
            throws IOException, InterruptedException {
        TimeLimit limit = TimeLimit.interruptingThisThread(ANSWER, limits.grace(), () -> {});
        try {
            return Objects.requireNonNullElse(within(question), Optional.empty());
        } catch (InterruptedException e) {
            if (limit.end()) {
                throw new IOException(
                        "plugin " + pluginId + " did not " + action + " within " + ANSWER.toSeconds() + " s");
            }
            throw e;
        } catch (IOException e) {
            throw e;
        } catch (Exception | Error e) {
            // The cause is omitted, because its classes may be the plugin's.
            log.debug("plugin {} could not {}", pluginId, action, e);
            throw new IOException(
                    "plugin " + pluginId + " could not " + action + ": " + ErrorMessages.reason(survivable(e)));
        } finally {
            limit.end();
        }
    }

    private ApplyResult guardedApply(LoadBalancer loadBalancer, TopologySnapshot snapshot) throws InterruptedException {
        TimeLimit limit = deadline("apply a topology");
        try {
            ApplyResult result = within(() -> loadBalancer.apply(snapshot));
            return result != null
                    ? result
                    : new Failed("plugin " + pluginId + " answered null, which is a defect of it");
        } catch (InterruptedException e) {
            if (limit.end()) {
                return new Failed(
                        "plugin " + pluginId + " did not answer within "
                                + limits.call().toSeconds() + " s",
                        e);
            }
            throw e;
        } catch (LinkageError e) {
            return defect(LoadedPlugin.whyNotLinked(e, ApiVersion.current()), e);
        } catch (Exception | Error e) {
            return defect("failed: " + ErrorMessages.reason(survivable(e)), e);
        } finally {
            end(limit);
        }
    }

    private Failed defect(String what, Throwable thrown) {
        log.error("plugin {} {}; this is a defect of the plugin", pluginId, what, thrown);
        return new Failed("plugin " + pluginId + " " + what, thrown);
    }

    private static ApplyResult with(List<Omission> more, ApplyResult result) {
        if (more.isEmpty()) {
            return result;
        }
        return switch (result) {
            case Applied applied ->
                new Applied(applied.how(), applied.took(), joined(more, applied.omissions()), applied.reloadReason());
            case Unchanged unchanged -> new Unchanged(joined(more, unchanged.omissions()));
            case Rejected rejected -> rejected;
            case Failed failed -> failed;
        };
    }

    private static List<Omission> joined(List<Omission> some, List<Omission> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Sets no limit of its own: the caller that waits for the end has one. */
    private void end(Runnable end) {
        try {
            within(() -> {
                end.run();
                return pluginId;
            });
        } catch (Exception | Error e) {
            log.error("plugin {} failed to close; something of it may be left running", pluginId, survivable(e));
        }
    }

    private TimeLimit deadline(String action) {
        return TimeLimit.interruptingThisThread(limits.call(), limits.grace(), () -> {
            trouble = Optional.of("takes more than "
                    + limits.call().plus(limits.grace()).toSeconds() + " s to " + action
                    + " and does not let itself be interrupted: replace its jar, or restart Interlock");
            log.error("plugin {}: {}", pluginId, trouble.orElseThrow());
        });
    }

    private void end(TimeLimit limit) {
        limit.end();
        trouble = Optional.empty();
    }

    private <T> T within(Callable<T> action) throws Exception {
        return LoadedPlugin.within(classLoader, action);
    }

    /** Rethrows errors that are not caused by a plugin. */
    private static Throwable survivable(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            throw error;
        }
        return thrown;
    }
}
