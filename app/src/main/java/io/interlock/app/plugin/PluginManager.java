package io.interlock.app.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.plugin.PluginLoader.Outcome;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.JarStagingFolder;
import io.interlock.app.plugin.jar.PluginFolder;
import io.interlock.app.plugin.jar.PluginFolder.FolderScan;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.app.runtime.FolderWatcher;
import io.interlock.util.ChangeSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of one folder, while it changes. Level triggered: every look at the folder leads from what is in use to what
 * lies there. A jar that cannot be used is named with the reason, and changes nothing for the others.
 *
 * <p>{@link #load}, {@link #start} and {@link #close} are for one thread, in that order; the rest is for any.
 */
public final class PluginManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    /** How often to look without being told that something changed. */
    private static final Duration RESCAN = Duration.ofSeconds(5);

    private static final Duration WHILE_UNSETTLED = Duration.ofMillis(100);

    private final Path folder;
    private final JarStagingFolder staging;
    private final PluginFolder jars;
    private final PluginLoader loading;
    private final PluginRegistry roster;
    private final PluginReportLogger reportLog = new PluginReportLogger();
    private final ChangeSignal wake = new ChangeSignal();
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("plugins").unstarted(this::run);
    private volatile List<PluginReport> reports = List.of();
    private volatile Set<Integer> ports = Set.of();
    private volatile boolean closing;
    private Consumer<List<PluginReport>> reportListener = unused -> {};
    private Runnable portListener = () -> {};
    private @Nullable PluginConsumer target;
    private @Nullable FolderWatcher watch;
    private boolean settled = true;

    /**
     * A host that has loaded nothing yet.
     *
     * @param folder where the jars lie
     * @param staging a folder of the host's own, made if it is not there; all that is in it is deleted
     * @param apiVersion the version of the API that plugins may require, as in semantic versioning
     * @param sections each plugin's section of the configuration file, by plugin id
     * @param settings the general settings, which load balancers get
     * @throws IOException if the staging folder cannot be made
     */
    public PluginManager(
            Path folder,
            Path staging,
            String apiVersion,
            Map<String, ObjectNode> sections,
            ProxySettings settings,
            PluginTimeLimits limits)
            throws IOException {
        PluginSections bySection = new PluginSections(sections);
        this.folder = folder;
        this.staging = new JarStagingFolder(staging);
        this.jars = new PluginFolder(folder, this.staging);
        this.loading = new PluginLoader(apiVersion, bySection, settings, limits);
        this.roster = new PluginRegistry(folder, bySection);
    }

    /** Loads every jar of the folder. To be called once. */
    public PluginLoadResult load() throws InterruptedException {
        startSharedThreads();
        look(true);
        ports = Set.copyOf(roster.ports().keySet());
        return new PluginLoadResult(
                roster.ready().stream()
                        .filter(LoadBalancerPlugin.class::isInstance)
                        .map(LoadBalancerPlugin.class::cast)
                        .toList(),
                reports,
                roster.configProblems(),
                roster.ports());
    }

    /** The JDK starts some threads when they are first needed: if a plugin were the first, they would keep its classes. */
    private static void startSharedThreads() {
        CompletableFuture<@Nullable Void> unused =
                new CompletableFuture<@Nullable Void>().completeOnTimeout(null, 0, TimeUnit.MILLISECONDS);
    }

    /**
     * Has what was loaded used, and from now on whatever lies in the folder.
     *
     * @param lanes makes what uses it, given whom to tell what becomes of it
     */
    public <L extends PluginConsumer> L start(Function<PluginConsumer.StateListener, L> lanes) {
        L made = lanes.apply(new Inbox());
        target = made;
        handOver(made);
        publish();
        watch = FolderWatcher.start(folder, wake::raise);
        thread.start();
        return made;
    }

    /** TCP ports at which plugins listen, or are about to. */
    public Set<Integer> ports() {
        return ports;
    }

    /** What is known of each plugin, and of each file that is none. */
    public List<PluginReport> reports() {
        return reports;
    }

    /** Tells in the log what is known of each plugin, for those who go no further than loading. */
    public void logReports() {
        reportLog.tell(reports);
    }

    /** Has somebody told what is known of plugins, whenever that may have changed; to be called before the start. */
    public void onReports(Consumer<List<PluginReport>> listener) {
        reportListener = listener;
    }

    /**
     * Has somebody told whenever {@link #ports} changed; to be called before the start.
     *
     * @param listener must be quick
     */
    public void onPorts(Runnable listener) {
        portListener = listener;
    }

    /** Tells what has changed since the last time. */
    private void publish() {
        reports = roster.reports();
        Set<Integer> portsBefore = ports;
        ports = Set.copyOf(roster.ports().keySet());
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
            staging.retain(roster.copiesInUse());
        } catch (RuntimeException e) {
            // A defect of ours, or a file system in trouble: what runs stays, and the next look may succeed.
            log.error("could not look after the plugins in {}", folder, e);
        }
    }

    private void takeEvents() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    /** Finds out what is to be used, and loads it. */
    private void look(boolean first) throws InterruptedException {
        FolderScan look = jars.scan(first);
        settled = look.settled();
        roster.update(look);
        // What fails may leave an older version to be used.
        for (List<StagedJar> fresh = roster.jarsToLoad(); !fresh.isEmpty(); fresh = roster.jarsToLoad()) {
            Map<StagedJar, Outcome> outcomes = loading.load(fresh);
            outcomes.forEach(roster::loaded);
        }
        reports = roster.reports();
    }

    private void handOver(PluginConsumer lanes) {
        roster.takeReady().forEach(lanes::use);
        roster.takeGone().forEach(lanes::end);
    }

    private final class Inbox implements PluginConsumer.StateListener {

        @Override
        public void opening(ConfiguredPlugin loadBalancer) {
            // Known: it was handed over.
        }

        @Override
        public void running(ConfiguredPlugin loadBalancer) {
            add(() -> roster.running(loadBalancer));
        }

        @Override
        public void unusable(ConfiguredPlugin loadBalancer, String reason) {
            add(() -> roster.unusable(loadBalancer, reason));
        }

        @Override
        public void released(ConfiguredPlugin loadBalancer, Optional<String> leftover) {
            add(() -> roster.released(loadBalancer, leftover));
        }

        private void add(Runnable event) {
            events.add(event);
            wake.raise();
        }
    }

    /** Looks at the folder no more. What is in use stays so. */
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

    /** Tells the last that there is to tell, and forgets everything; what uses the load balancers must have ended. */
    @Override
    public void close() {
        takeEvents();
        if (target != null) {
            publish();
        }
        roster.takeReady().forEach(ConfiguredPlugin::discard);
        staging.close();
    }
}
