package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.sink.StatsSinkFactory;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import io.interlock.pluginhost.PluginSectionProblem;
import io.interlock.pluginhost.UnusablePluginException;
import io.interlock.util.DurationText;
import io.interlock.util.ErrorMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads jars and binds their configuration, each on its own thread, so that one that hangs delays the others only for a
 * limited time.
 */
final class PluginLoader {

    private final String apiVersion;
    private final PluginSections sections;
    private final ProxySettings settings;
    private final PluginTimeLimits limits;

    PluginLoader(String apiVersion, PluginSections sections, ProxySettings settings, PluginTimeLimits limits) {
        this.apiVersion = apiVersion;
        this.sections = sections;
        this.settings = settings;
        this.limits = limits;
    }

    /** Result of loading a jar. */
    sealed interface Outcome {

        /** The plugin is ready; its recipient must release it. */
        record Ready(ConfiguredPlugin plugged) implements Outcome {}

        /** The jar cannot be used. */
        record Unusable(String reason) implements Outcome {}

        /** The plugin's section of the configuration file is wrong. */
        record Misconfigured(PluginSectionProblem problem) implements Outcome {}
    }

    /** Loads all jars at the same time. */
    Map<StagedJar, Outcome> load(List<StagedJar> jars) throws InterruptedException {
        Map<StagedJar, Attempt> attempts = new LinkedHashMap<>();
        jars.forEach(jar -> attempts.put(jar, start(jar)));
        long until = System.nanoTime() + limits.load().toNanos();
        Map<StagedJar, Outcome> outcomes = new LinkedHashMap<>();
        for (Map.Entry<StagedJar, Attempt> attempt : attempts.entrySet()) {
            outcomes.put(attempt.getKey(), await(attempt.getValue(), until));
        }
        return outcomes;
    }

    private record Attempt(Thread thread, CompletableFuture<Outcome> outcome) {}

    private Attempt start(StagedJar jar) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name("load-" + jar.id()).start(() -> {
            Outcome mine = attempt(jar);
            if (!outcome.complete(mine) && mine instanceof Outcome.Ready late) {
                late.plugged().discard();
            }
        });
        return new Attempt(thread, outcome);
    }

    private Outcome await(Attempt attempt, long until) throws InterruptedException {
        try {
            return attempt.outcome().get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            attempt.thread().interrupt();
            Outcome hangs = new Outcome.Unusable("does not get ready within "
                    + DurationText.of(limits.load())
                    + ": its factory or its configuration's constructor hangs, which is a defect of the plugin");
            attempt.outcome().complete(hangs);
            return attempt.outcome().join();
        }
    }

    private Outcome attempt(StagedJar jar) {
        Optional<PluginSectionProblem> problem = sections.problem(jar.id());
        if (problem.isPresent()) {
            return new Outcome.Misconfigured(problem.get());
        }
        LoadedPlugin plugin;
        try {
            plugin = LoadedPlugin.load(jar.copy(), jar.manifest(), apiVersion);
        } catch (UnusablePluginException e) {
            return new Outcome.Unusable(String.valueOf(e.getMessage()));
        }
        Outcome outcome = bound(jar, plugin);
        if (!(outcome instanceof Outcome.Ready)) {
            plugin.close();
        }
        return outcome;
    }

    private Outcome bound(StagedJar jar, LoadedPlugin plugin) {
        try {
            return new Outcome.Ready(
                    LoadedPlugin.within(plugin.classLoader(), () -> bind(jar, plugin, plugin.factory())));
        } catch (SectionException e) {
            return new Outcome.Misconfigured(e.problem());
        } catch (LinkageError e) {
            return new Outcome.Unusable(LoadedPlugin.whyNotLinked(e, apiVersion));
        } catch (Exception | AssertionError | StackOverflowError e) {
            return new Outcome.Unusable("cannot be configured: " + ErrorMessages.reason(e));
        }
    }

    private ConfiguredPlugin bind(StagedJar jar, LoadedPlugin plugin, Object factory) throws SectionException {
        return switch (factory) {
            case LoadBalancerFactory<?> loadBalancers -> bindLoadBalancer(jar, plugin, loadBalancers);
            case StatsSinkFactory<?> sinks -> bindSink(jar, plugin, sinks);
            default -> throw new IllegalArgumentException("no factory that is known: " + factory);
        };
    }

    private <C> ConfiguredPlugin bindLoadBalancer(StagedJar jar, LoadedPlugin plugin, LoadBalancerFactory<C> factory)
            throws SectionException {
        C config = sections.binder(jar.id()).bind(factory.configType());
        LoadBalancerFactoryBinding<C> binding = new LoadBalancerFactoryBinding<>(factory, config);
        String type = Objects.requireNonNull(factory.type(), "its factory's type is null");
        return new LoadBalancerPlugin(jar, plugin, binding, type, binding.listeners(settings), limits);
    }

    private <C> ConfiguredPlugin bindSink(StagedJar jar, LoadedPlugin plugin, StatsSinkFactory<C> factory)
            throws SectionException {
        C config = sections.binder(jar.id()).bind(factory.configType());
        SinkPlugin.SinkFactoryBinding<C> binding = new SinkPlugin.SinkFactoryBinding<>(factory, config);
        return new SinkPlugin(jar, plugin, binding, factory.type(), binding.interval(), binding.listeners(), limits);
    }
}
