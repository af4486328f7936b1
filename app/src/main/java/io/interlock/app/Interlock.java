package io.interlock.app;

import io.interlock.api.status.TlsStatus;
import io.interlock.app.admin.AdminServer;
import io.interlock.app.cli.Application;
import io.interlock.app.cli.ExitCodes;
import io.interlock.app.config.ConfigProblem;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.docker.EngineFleet;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.loadbalancer.ApplyLogger;
import io.interlock.app.loadbalancer.LoadBalancerEnvironment;
import io.interlock.app.loadbalancer.LoadBalancerManager;
import io.interlock.app.loadbalancer.TopologyPublisher;
import io.interlock.app.logging.LogLevels;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.pipeline.TopologyReconciler;
import io.interlock.app.plugin.Limits;
import io.interlock.app.plugin.LoadedPlugins;
import io.interlock.app.plugin.PluginHost;
import io.interlock.app.plugin.PluginUsers;
import io.interlock.app.readiness.ReadinessProber;
import io.interlock.app.sinks.SinkLanes;
import io.interlock.app.sinks.SinkSurroundings;
import io.interlock.app.status.Proxies;
import io.interlock.app.status.StatusBoard;
import io.interlock.pluginhost.ApiVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application, wired together: the picture of docs/architecture.md in code. */
final class Interlock implements Application {

    private static final Logger log = LoggerFactory.getLogger(Interlock.class);

    /** Engines that answer at all do so much sooner; one that does not must not hold up the others for long. */
    private static final Duration PATIENCE_WITH_ENGINES = Duration.ofSeconds(2);

    private static final Duration READINESS_LIMIT = Duration.ofSeconds(30);

    @Override
    public CheckResult check(ConfigResult.Valid configuration) {
        try {
            Path copies = Files.createTempDirectory("interlock-check");
            try (PluginHost plugins = host(configuration.config(), copies)) {
                return StartCheck.of(plugins.load(), configuration);
            } finally {
                Files.deleteIfExists(copies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plugins cannot be checked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CheckResult(List.of(), List.of());
        }
    }

    @Override
    public Outcome run(ConfigResult.Valid configuration) {
        InterlockConfig config = configuration.config();
        try (DataDirectory data = DataDirectory.locked(config.dataDir());
                PluginHost plugins = host(config, data.ofJars())) {
            LoadedPlugins loaded = plugins.load();
            List<ConfigProblem> refused = SectionProblems.of(loaded, configuration.locations());
            if (!refused.isEmpty()) {
                return new Outcome.Refused(refused);
            }
            if (loaded.loadBalancers().isEmpty()) {
                plugins.logReports();
                return new Outcome.Ended(withoutLoadBalancer(config));
            }
            return new Outcome.Ended(serve(config, data, plugins));
        } catch (IOException e) {
            log.error("{}", e.getMessage());
            return new Outcome.Ended(ExitCodes.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Ended(ExitCodes.FAILED);
        }
    }

    @Override
    public Glance look(ConfigResult.Valid configuration) throws IOException, InterruptedException {
        LogLevels.silence();
        InterlockConfig config = configuration.config();
        Path copies = Files.createTempDirectory("interlock-look");
        PluginHost plugins = host(config, copies);
        LoadedPlugins loaded = plugins.load();
        StatusBoard board = Boards.of(config, Map::of, List::of, () -> TlsStatus.NONE);
        board.plugins(plugins.reports());
        return OneLook.at(
                config, board, snapshot -> new WouldBe(config, loaded.loadBalancers()).previews(snapshot), () -> {
                    plugins.close();
                    delete(copies);
                });
    }

    private static void delete(Path copies) {
        try {
            Files.deleteIfExists(copies);
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", copies, e.getMessage());
        }
    }

    private static PluginHost host(InterlockConfig config, Path copies) throws IOException {
        return new PluginHost(
                config.pluginsDir(), copies, ApiVersion.current(), config.plugins(), config.proxy(), Limits.USUAL);
    }

    private static int serve(InterlockConfig config, DataDirectory data, PluginHost plugins)
            throws IOException, InterruptedException {
        try (Termination termination = Termination.handled()) {
            Inventory inventory = new Inventory(
                    config.engines().stream().map(EngineConfig::id).toList());
            EngineFleet engines =
                    new EngineFleet(config.engines(), config.terms().labels(), inventory);
            ReadinessProber prober = new ReadinessProber(READINESS_LIMIT);
            CertificateSelector certificates = CertificateSelector.of(config);
            Pipeline pipeline = new Pipeline(config.terms(), prober, certificates);
            TopologyPublisher topology = new TopologyPublisher();
            AtomicReference<SinkLanes> sinks = new AtomicReference<>();
            StatusBoard board = Boards.of(
                    config,
                    () -> Boards.intake(engines),
                    () -> Optional.ofNullable(sinks.get())
                            .map(SinkLanes::status)
                            .orElse(List.of()),
                    certificates::status);
            TopologyReconciler reconciler = new TopologyReconciler(
                    inventory::snapshot, pipeline::run, topology::publish, PATIENCE_WITH_ENGINES, board::reconciled);
            inventory.onChange(reconciler::changed);
            pipeline.onChange(reconciler::changed);

            plugins.onReports(board::plugins);
            LoadBalancerEnvironment environment = new LoadBalancerEnvironment(
                    config.proxy(),
                    topology,
                    data::ofPlugin,
                    List.of(new ApplyLogger(), board, certificates),
                    Limits.USUAL);
            PluginLanes all = plugins.start(events -> lanes(environment, data, board, engines, events));
            LoadBalancerManager loadBalancers = all.loadBalancers();
            sinks.set(all.sinks());
            HeapCare heap = HeapCare.start();
            Optional<AdminServer> admin = AdminServer.start(
                    config.dataDir(), new RunningDesk(board, new Proxies(loadBalancers::loadBalancers)));
            try (engines;
                    certificates;
                    prober) {
                engines.start();
                if (!loadBalancers.anyOpen()) {
                    return withoutLoadBalancer(config);
                }
                certificates.start();
                reconciler.start();
                log.info("Interlock {} watches {}", ApiVersion.current(), addresses(config));
                termination.await();
                log.info("told to end");
                reconciler.close();
            } finally {
                heap.close();
                plugins.stop();
                all.sinks().close();
                loadBalancers.close();
                admin.ifPresent(AdminServer::close);
                board.close();
            }
            log.info("ended");
            return ExitCodes.OK;
        }
    }

    private static int withoutLoadBalancer(InterlockConfig config) {
        log.error("there is no load balancer that can be used; plugins are looked for in {}", config.pluginsDir());
        return ExitCodes.FAILED;
    }

    private static PluginLanes lanes(
            LoadBalancerEnvironment environment,
            DataDirectory data,
            StatusBoard board,
            EngineFleet engines,
            PluginUsers.Events events) {
        LoadBalancerManager loadBalancers = new LoadBalancerManager(environment, events);
        SinkSources sources = new SinkSources(board, new Proxies(loadBalancers::loadBalancers), engines);
        SinkSurroundings surroundings = new SinkSurroundings(sources, data::ofPlugin, board.events(), Limits.USUAL);
        return new PluginLanes(loadBalancers, new SinkLanes(surroundings, events));
    }

    private static List<String> addresses(InterlockConfig config) {
        return config.engines().stream()
                .map(engine -> engine.id() + " at " + engine.address())
                .toList();
    }
}
