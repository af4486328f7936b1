package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call into a plugin goes through here: with the plugin's class loader as the thread's, with a deadline, and with
 * whatever it throws turned into a result.
 */
final class PluginGuard {

    private static final Logger log = LoggerFactory.getLogger(PluginGuard.class);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final String pluginId;
    private final ClassLoader classLoader;
    private final Duration deadline;

    PluginGuard(String pluginId, ClassLoader classLoader, Duration deadline) {
        this.pluginId = pluginId;
        this.classLoader = classLoader;
        this.deadline = deadline;
    }

    LoadBalancer open(Callable<LoadBalancer> create) throws LoadBalancerUnavailableException, InterruptedException {
        try {
            return call(create);
        } catch (LoadBalancerUnavailableException | InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new LoadBalancerUnavailableException("could not be created: " + e, e);
        }
    }

    LoadBalancer guarded(LoadBalancer loadBalancer) {
        return new LoadBalancer() {
            @Override
            public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
                return guardedApply(loadBalancer, snapshot);
            }

            @Override
            public Optional<ProxyStats> stats() throws IOException, InterruptedException {
                return asked("statistics", loadBalancer::stats);
            }

            @Override
            public Optional<Preview> preview(TopologySnapshot snapshot) throws IOException, InterruptedException {
                return asked("a preview", () -> loadBalancer.preview(snapshot));
            }

            @Override
            public void close() {
                guardedClose(loadBalancer);
            }
        };
    }

    private ApplyResult guardedApply(LoadBalancer loadBalancer, TopologySnapshot snapshot) throws InterruptedException {
        Deadline limit = Deadline.interruptingThisThread(deadline);
        try {
            ApplyResult result = call(() -> loadBalancer.apply(snapshot));
            return result != null
                    ? result
                    : new Failed("plugin " + pluginId + " answered null, which is a defect of it");
        } catch (InterruptedException e) {
            if (limit.end()) {
                return new Failed("plugin " + pluginId + " did not answer within " + deadline.toSeconds() + " s", e);
            }
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            log.error("plugin {} failed; this is a defect of the plugin", pluginId, e);
            return new Failed("plugin " + pluginId + " failed: " + e, e);
        } finally {
            limit.end();
        }
    }

    /** An answer that nothing depends on, on whichever thread asks. */
    private <T> Optional<T> asked(String what, Callable<Optional<T>> question)
            throws IOException, InterruptedException {
        Deadline limit = Deadline.interruptingThisThread(ANSWER);
        try {
            Optional<T> answer = call(question);
            return answer != null ? answer : Optional.empty();
        } catch (InterruptedException e) {
            if (limit.end()) {
                throw new IOException("no answer within " + ANSWER.toSeconds() + " s when asked for " + what, e);
            }
            throw e;
        } catch (IOException e) {
            throw new IOException(e.getMessage());
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw new IOException("failed when asked for " + what + ", which is a defect of the plugin: " + e);
        } finally {
            limit.end();
        }
    }

    private void guardedClose(LoadBalancer loadBalancer) {
        try {
            call(() -> {
                loadBalancer.close();
                return pluginId;
            });
        } catch (Exception | LinkageError e) {
            log.error("plugin {} failed to close; something of it may be left running", pluginId, e);
        }
    }

    private <T> T call(Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classLoader);
        try {
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
