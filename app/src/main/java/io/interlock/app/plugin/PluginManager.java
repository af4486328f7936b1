package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.PluginSources;
import io.interlock.app.plugin.PluginLoader.Outcome;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.JarStagingFolder;
import io.interlock.app.plugin.jar.PluginFolder;
import io.interlock.app.plugin.jar.PluginFolder.FolderScan;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.app.runtime.FolderWatcher;
import io.interlock.util.ChangeSignal;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the plugins of one folder while the folder changes. Level triggered: every scan of the folder leads from the
 * plugins in use to the jars in the folder. A jar that cannot be used is reported with the reason, and does not affect
 * the others.
 *
 * <p>{@link #load}, {@link #start} and {@link #close} are for one thread, in that order; the rest is for any.
 */
public final class PluginManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    /** How often to scan without a notification of a change. */
    private static final Duration RESCAN = Duration.ofSeconds(5);

    private static final Duration WHILE_UNSETTLED = Duration.ofMillis(100);

    /** States of load balancers that wait for the manager's thread; a load balancer waits while there are more. */
    private static final int MAX_EVENTS = 1_000;

    private final Path folder;
    private final JarStagingFolder staging;
    private final PluginFolder jars;
    private volatile PluginLoader loading;
    private final PluginRegistry registry;
    private final PluginReportLogger reportLog = new PluginReportLogger();
    private final ChangeSignal wake = new ChangeSignal();
    private final PluginReplacementTracker replacements = new PluginReplacementTracker();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    private final Thread thread = Thread.ofPlatform().daemon().name("plugins").unstarted(this::run);
    private volatile List<PluginReport> reports = List.of();
    private volatile List<ConfiguredPlugin> running = List.of();
    private volatile Set<Integer> ports = Set.of();
    private volatile boolean closing;
    private Consumer<List<PluginReport>> reportListener = unused -> {};
    private Runnable portListener = () -> {};
    private @Nullable PluginConsumer target;
    private @Nullable FolderWatcher watch;
    private boolean settled = true;

    /**
     * Creates a manager that has loaded nothing yet.
     *
     * @param folder the folder of the jars
     * @param staging the manager's own folder, created if it does not exist; all its content is deleted
     * @param apiVersion the version of the API that plugins may require, as in semantic versioning
     * @param sources the settings of each plugin
     * @param settings the general settings, which load balancers get
     * @throws IOException if the staging folder cannot be created
     */
    public PluginManager(
            Path folder,
            Path staging,
            String apiVersion,
            PluginSources sources,
            ProxySettings settings,
            PluginTimeLimits limits)
            throws IOException {
        PluginSections bySection = new PluginSections(sources);
        this.folder = folder;
        this.staging = new JarStagingFolder(staging);
        this.jars = new PluginFolder(folder, this.staging);
        this.loading = new PluginLoader(apiVersion, bySection, settings, limits);
        this.registry = new PluginRegistry(folder, bySection);
    }

    /** Loads every jar of the folder. Must be called once. */
    public PluginLoadResult load() throws InterruptedException {
        startSharedThreads();
        look(true);
        ports = Set.copyOf(registry.ports().keySet());
        return new PluginLoadResult(
                ready(LoadBalancerPlugin.class),
                ready(DialectPlugin.class),
                reports,
                registry.configProblems(),
                registry.ports());
    }

    private <P extends ConfiguredPlugin> List<P> ready(Class<P> type) {
        var ready = registry.ready().stream();
        return ready.filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Starts the threads that the JDK starts at their first use: if a plugin used them first, they would keep its
     * classes.
     */
    private static void startSharedThreads() {
        CompletableFuture<@Nullable Void> unused =
                new CompletableFuture<@Nullable Void>().completeOnTimeout(null, 0, TimeUnit.MILLISECONDS);
    }

    /**
     * Passes the loaded plugins to a consumer, and from now on also later changes of the folder.
     *
     * @param workers creates the consumer from the listener that it must notify
     */
    public <L extends PluginConsumer> L start(Function<PluginConsumer.StateListener, L> workers) {
        L made = workers.apply(new PluginStateInbox(events, wake, registry, replacements));
        target = made;
        handOver(made);
        publish();
        watch = FolderWatcher.start(folder, wake::raise);
        thread.start();
        return made;
    }

    /** Files that the sections of running plugins, and the general settings for them, name. */
    public Set<Path> files() {
        return running.stream()
                .flatMap(plugin -> plugin.stamp().files().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Returns what another configuration changes for the running plugins; see {@link PluginLoader#offers}. */
    public Map<String, Optional<String>> offer(PluginSources sources, ProxySettings settings)
            throws InterruptedException {
        return loading.with(new PluginSections(sources), settings).offers(running);
    }

    /**
     * Uses another configuration from now on: creates these plugins anew, which take over from those that run, and
     * starts and ends plugins that the configuration switches on and off.
     *
     * @param changed ids of the plugins that {@link #offer} named and that did not refuse
     * @return by plugin id, why it could not take over; the earlier one stays
     */
    public Map<String, String> reconfigure(PluginSources sources, ProxySettings settings, Set<String> changed)
            throws InterruptedException {
        CompletableFuture<PluginReplacementTracker.Batch> begun = new CompletableFuture<>();
        events.put(() -> {
            PluginSections sections = new PluginSections(sources);
            loading = loading.with(sections, settings);
            registry.reconfigure(sections, changed);
            begun.complete(replacements.begin(changed));
        });
        wake.raise();
        while (!closing) {
            if (begun.isDone()) {
                return begun.join().failures();
            }
            Deadline.pause();
        }
        return Map.of();
    }

    /** TCP ports at which plugins listen, or are about to. */
    public Set<Integer> ports() {
        return ports;
    }

    /** The state of each plugin, and of each file that is not a plugin. */
    public List<PluginReport> reports() {
        return reports;
    }

    /** Logs the reports, for callers that only load plugins. */
    public void logReports() {
        reportLog.tell(reports);
    }

    /** Sets the listener for reports, called whenever they may have changed; must be called before the start. */
    public void onReports(Consumer<List<PluginReport>> listener) {
        reportListener = listener;
    }

    /**
     * Sets the listener for changes of {@link #ports}. Must be called before the start.
     *
     * @param listener must be quick
     */
    public void onPorts(Runnable listener) {
        portListener = listener;
    }

    /** Logs the changes since the last call, and notifies the listener. */
    private void publish() {
        reports = registry.reports();
        running = List.copyOf(registry.running().values());
        Set<Integer> portsBefore = ports;
        ports = Set.copyOf(registry.ports().keySet());
        if (!ports.equals(portsBefore)) {
            portListener.run();
        }
        reportLog.tell(reports);
        reportListener.accept(reports);
    }

    private void run() {
        try {
            while (!closing) {
                Duration pause = settled ? RESCAN : WHILE_UNSETTLED;
                boolean unused = wake.await(pause);
                if (watch != null) {
                    watch.renew();
                }
                turn();
            }
        } catch (InterruptedException e) {
            log.debug("interrupted", e);
        }
    }

    private void turn() throws InterruptedException {
        try {
            takeEvents();
            look(false);
            if (target != null) {
                handOver(target);
            }
            publish();
            staging.retain(registry.copiesInUse());
        } catch (RuntimeException e) {
            // A defect of Interlock or a failing file system: plugins in use stay, and the next scan may succeed.
            log.error("the plugins in {} cannot be checked", folder, e);
        }
    }

    private void takeEvents() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    /** Scans the folder, and loads the jars to use. */
    private void look(boolean first) throws InterruptedException {
        FolderScan look = jars.scan(first);
        settled = look.settled();
        registry.update(look);
        // A jar that fails may let an older version be used.
        for (List<StagedJar> fresh = registry.jarsToLoad(); !fresh.isEmpty(); fresh = registry.jarsToLoad()) {
            Map<StagedJar, Outcome> outcomes = loading.load(fresh);
            outcomes.forEach(registry::loaded);
            outcomes.keySet()
                    .forEach(jar -> Optional.ofNullable(registry.failed().get(jar))
                            .or(() -> Optional.ofNullable(registry.blocked().get(jar)))
                            .ifPresent(why -> replacements.end(jar.id(), Optional.of(why))));
        }
        reports = registry.reports();
    }

    private void handOver(PluginConsumer workers) {
        registry.takeReady().forEach(workers::use);
        registry.takeGone().forEach(workers::end);
    }

    /** Stops the scans of the folder. Plugins in use stay in use. */
    public void stop() throws InterruptedException {
        closing = true;
        if (watch != null) {
            watch.close();
        }
        wake.raise();
        if (thread.getState() != Thread.State.NEW) {
            thread.join();
        }
    }

    /** Logs the final reports and discards the remaining plugins; all load balancers and sinks must have ended. */
    @Override
    public void close() {
        takeEvents();
        if (target != null) {
            publish();
        }
        registry.takeReady().forEach(ConfiguredPlugin::discard);
        staging.close();
    }
}
