package io.interlock.app;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.admin.AdminServer;
import io.interlock.app.cli.Application;
import io.interlock.app.cli.ExitCodes;
import io.interlock.app.config.ConfigProblem;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.docker.EngineFleet;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.logging.LogLevels;
import io.interlock.app.plugin.LoadedPlugins;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.plugin.PluginHost;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.reconcile.ApplyLog;
import io.interlock.app.reconcile.Reconciler;
import io.interlock.app.status.Proxies;
import io.interlock.app.status.StatusBoard;
import io.interlock.app.warm.WarmUps;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application, wired together: the picture of docs/architecture.md in code. */
final class Interlock implements Application {

    private static final Logger log = LoggerFactory.getLogger(Interlock.class);

    /** Engines that answer at all do so much sooner; one that does not must not hold up the others for long. */
    private static final Duration PATIENCE_WITH_ENGINES = Duration.ofSeconds(2);

    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(30);

    @Override
    public List<ConfigProblem> check(ConfigResult.Valid configuration) {
        try (PluginHost plugins = host(configuration.config())) {
            return SectionProblems.of(plugins.load(), configuration.locations());
        }
    }

    @Override
    public Outcome run(ConfigResult.Valid configuration) {
        InterlockConfig config = configuration.config();
        try (PluginHost plugins = host(config)) {
            LoadedPlugins loaded = plugins.load();
            List<ConfigProblem> refused = SectionProblems.of(loaded, configuration.locations());
            if (!refused.isEmpty()) {
                return new Outcome.Refused(refused);
            }
            loaded.problems().forEach(problem -> log.error("{}", problem));
            if (loaded.loadBalancers().isEmpty()) {
                log.error("there is no load balancer: put a plugin's jar into {}", config.pluginsDir());
                return new Outcome.Ended(ExitCodes.FAILED);
            }
            return new Outcome.Ended(serve(config, loaded));
        } catch (IOException e) {
            log.error("{}", e.getMessage());
            return new Outcome.Ended(ExitCodes.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Ended(ExitCodes.FAILED);
        }
    }

    @Override
    public Glance look(ConfigResult.Valid configuration) throws InterruptedException {
        LogLevels.silence();
        InterlockConfig config = configuration.config();
        PluginHost plugins = host(config);
        LoadedPlugins loaded = plugins.load();
        StatusBoard board = Boards.of(config, Map::of, () -> reports(loaded));
        return OneLook.at(config, board, snapshot -> previews(config, loaded, snapshot), plugins::close);
    }

    private static Map<String, Preview> previews(
            InterlockConfig config, LoadedPlugins loaded, TopologySnapshot snapshot)
            throws IOException, InterruptedException {
        Map<String, LoadBalancer> opened = new TreeMap<>();
        try {
            for (PluggedLoadBalancer plugged : loaded.loadBalancers()) {
                opened.put(
                        plugged.pluginId(),
                        LoadBalancerLanes.open(
                                plugged, config.proxy(), DataDirectory.shared(config.dataDir()), () -> {}));
            }
            return new Proxies(() -> opened).previews(snapshot);
        } catch (LoadBalancerUnavailableException e) {
            throw new IOException("a load balancer cannot be used: " + e.getMessage(), e);
        } finally {
            opened.values().forEach(LoadBalancer::close);
        }
    }

    private static PluginHost host(InterlockConfig config) {
        return new PluginHost(config.pluginsDir(), ApiVersion.current(), config.plugins());
    }

    private static List<PluginReport> reports(LoadedPlugins loaded) {
        return Stream.concat(
                        loaded.loadBalancers().stream()
                                .map(plugged -> new PluginReport(
                                        plugged.pluginId(),
                                        Optional.of(plugged.version()),
                                        Optional.empty(),
                                        Optional.of("load balancer"),
                                        PluginReport.State.RUNNING,
                                        "")),
                        loaded.problems().stream()
                                .map(problem -> new PluginReport(
                                        problem.plugin(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        PluginReport.State.UNUSABLE,
                                        problem.reason())))
                .toList();
    }

    private static int serve(InterlockConfig config, LoadedPlugins loaded) throws IOException, InterruptedException {
        Inventory inventory =
                new Inventory(config.engines().stream().map(EngineConfig::id).toList());
        AtomicReference<Runnable> changed = new AtomicReference<>(() -> {});
        try (Termination termination = Termination.handled();
                DataDirectory data = DataDirectory.locked(config.dataDir());
                WarmUps warmUps = new WarmUps(WARM_UP_LIMIT, () -> changed.get().run());
                EngineFleet engines = new EngineFleet(config.engines(), inventory);
                StatusBoard board = Boards.of(config, () -> Boards.intake(engines), () -> reports(loaded))) {
            ApplyLog applyLog = new ApplyLog();
            LoadBalancerLanes lanes = new LoadBalancerLanes(
                    loaded.loadBalancers(), config.proxy(), data, board, (lane, snapshot, result, took) -> {
                        applyLog.applied(lane, snapshot, result, took);
                        board.applied(lane, snapshot, result, took);
                    });
            Optional<AdminServer> admin =
                    AdminServer.start(config.dataDir(), new RunningDesk(board, new Proxies(lanes::open)));
            try {
                Reconciler reconciler = new Reconciler(
                        inventory::snapshot,
                        new Assembling(warmUps),
                        lanes.all(),
                        PATIENCE_WITH_ENGINES,
                        board::reconciled);
                changed.set(reconciler::changed);
                inventory.onChange(reconciler::changed);
                lanes.start();
                engines.start();
                if (!lanes.anyOpen()) {
                    return ExitCodes.FAILED;
                }
                reconciler.start();
                log.info("Interlock {} watches {}", ApiVersion.current(), addresses(config));
                termination.await();
                log.info("told to end");
                reconciler.close();
            } finally {
                admin.ifPresent(AdminServer::close);
                lanes.close();
            }
            log.info("ended");
            return ExitCodes.OK;
        }
    }

    private static List<String> addresses(InterlockConfig config) {
        return config.engines().stream()
                .map(engine -> engine.id() + " at " + engine.address())
                .toList();
    }
}
