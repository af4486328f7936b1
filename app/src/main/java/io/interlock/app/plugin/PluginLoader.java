package io.interlock.app.plugin;

import io.interlock.api.dialect.LabelDialectFactory;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.sink.StatsSinkFactory;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import io.interlock.pluginhost.PluginSectionProblem;
import io.interlock.pluginhost.UnusablePluginException;
import io.interlock.util.DurationText;
import io.interlock.util.ErrorMessages;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** Returns a loader for another configuration. */
    PluginLoader with(PluginSections otherSections, ProxySettings otherSettings) {
        return new PluginLoader(apiVersion, otherSections, otherSettings, limits);
    }

    /**
     * Offers this loader's configuration to running plugins.
     *
     * @return the plugins for which it differs from theirs, by id: empty if it can be created anew, otherwise why the
     *     change must wait for the next start
     */
    Map<String, Optional<String>> offers(Collection<ConfiguredPlugin> running) throws InterruptedException {
        Map<String, Optional<String>> offers = new TreeMap<>();
        for (ConfiguredPlugin plugin : running) {
            String id = plugin.pluginId();
            if (sections.isEnabled(id) && !plugin.stamp().equals(plugin.stamp().of(sections.of(id), settings))) {
                offers.put(id, offer(plugin));
            }
        }
        return offers;
    }

    private Optional<String> offer(ConfiguredPlugin plugin) throws InterruptedException {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("load-" + plugin.pluginId())
                .start(() -> answer.complete(refusal(plugin)));
        try {
            return answer.get(limits.load().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            thread.interrupt();
            return Optional.of("it does not answer, which is a defect of the plugin");
        }
    }

    private Optional<String> refusal(ConfiguredPlugin plugin) {
        try {
            return plugin.within(() -> plugin.refusal(sections.binder(plugin.pluginId())));
        } catch (SectionException e) {
            return Optional.of("its section is wrong: " + e.problem().expected() + " was expected");
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return Optional.of(ErrorMessages.reason(e));
        }
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
            case DnsProviderFactory<?> providers -> bindDnsProvider(jar, plugin, providers);
            case LabelDialectFactory<?> dialects -> bindDialect(jar, plugin, dialects);
            default -> throw new IllegalArgumentException("no factory that is known: " + factory);
        };
    }

    private static Set<Path> files(PluginSectionBinder binder, Set<Path> read) {
        Set<Path> files = new TreeSet<>(binder.files());
        read.forEach(file -> files.add(file.toAbsolutePath().normalize()));
        return files;
    }

    private <C> ConfiguredPlugin bindLoadBalancer(StagedJar jar, LoadedPlugin plugin, LoadBalancerFactory<C> factory)
            throws SectionException {
        PluginSectionBinder binder = sections.binder(jar.id());
        C config = binder.bind(factory.configType());
        PluginStamp stamp =
                PluginStamp.of(sections.of(jar.id()), Optional.of(settings), files(binder, factory.files(config)));
        LoadBalancerPlugin.LoadBalancerFactoryBinding<C> binding =
                new LoadBalancerPlugin.LoadBalancerFactoryBinding<>(factory, config);
        String type = Objects.requireNonNull(factory.type(), "its factory's type is null");
        return new LoadBalancerPlugin(jar, plugin, stamp, binding, type, binding.listeners(settings), limits);
    }

    private <C> ConfiguredPlugin bindSink(StagedJar jar, LoadedPlugin plugin, StatsSinkFactory<C> factory)
            throws SectionException {
        PluginSectionBinder binder = sections.binder(jar.id());
        C config = binder.bind(factory.configType());
        PluginStamp stamp =
                PluginStamp.of(sections.of(jar.id()), Optional.empty(), files(binder, factory.files(config)));
        SinkPlugin.SinkFactoryBinding<C> binding = new SinkPlugin.SinkFactoryBinding<>(factory, config);
        return new SinkPlugin(
                jar, plugin, stamp, binding, factory.type(), binding.interval(), binding.listeners(), limits);
    }

    private <C> ConfiguredPlugin bindDnsProvider(StagedJar jar, LoadedPlugin plugin, DnsProviderFactory<C> factory)
            throws SectionException {
        PluginSectionBinder binder = sections.binder(jar.id());
        C config = binder.bind(factory.configType());
        PluginStamp stamp = PluginStamp.of(sections.of(jar.id()), Optional.empty(), files(binder, Set.of()));
        String type = Objects.requireNonNull(factory.type(), "its factory's type is null");
        return new DnsProviderPlugin(
                jar, plugin, stamp, new DnsProviderPlugin.DnsProviderFactoryBinding<>(factory, config), type, limits);
    }

    private <C> ConfiguredPlugin bindDialect(StagedJar jar, LoadedPlugin plugin, LabelDialectFactory<C> factory)
            throws SectionException {
        if (!jar.id().startsWith(DialectPlugin.PREFIX)) {
            throw new IllegalArgumentException(
                    "the Plugin-Id of a dialect must begin with " + DialectPlugin.PREFIX + ": " + jar.id());
        }
        PluginSectionBinder binder = sections.binder(jar.id());
        C config = binder.bind(factory.configType());
        PluginStamp stamp = PluginStamp.of(sections.of(jar.id()), Optional.empty(), files(binder, Set.of()));
        return new DialectPlugin(
                jar, plugin, stamp, new DialectPlugin.DialectFactoryBinding<>(factory, config), limits);
    }
}
