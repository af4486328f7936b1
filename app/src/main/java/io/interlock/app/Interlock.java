package io.interlock.app;

import io.interlock.app.cli.Application;
import io.interlock.app.cli.ExitCodes;
import io.interlock.app.config.ConfigProblem;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.docker.EngineFleet;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.plugin.LoadedPlugins;
import io.interlock.app.plugin.PluginHost;
import io.interlock.app.reconcile.ApplyLog;
import io.interlock.app.reconcile.Reconciler;
import io.interlock.app.warm.WarmUps;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

    private static PluginHost host(InterlockConfig config) {
        return new PluginHost(config.pluginsDir(), ApiVersion.current(), config.plugins());
    }

    private static int serve(InterlockConfig config, LoadedPlugins loaded) throws IOException, InterruptedException {
        try (Termination termination = Termination.handled();
                DataDirectory data = DataDirectory.locked(config.dataDir())) {
            Inventory inventory = new Inventory(
                    config.engines().stream().map(EngineConfig::id).toList());
            LoadBalancerLanes lanes =
                    new LoadBalancerLanes(loaded.loadBalancers(), config.proxy(), data, new ApplyLog());
            AtomicReference<Runnable> changed = new AtomicReference<>(() -> {});
            try (WarmUps warmUps =
                            new WarmUps(WARM_UP_LIMIT, () -> changed.get().run());
                    EngineFleet engines = new EngineFleet(config.engines(), inventory)) {
                Reconciler reconciler = new Reconciler(
                        inventory::snapshot,
                        new Assembling(warmUps),
                        lanes.all(),
                        PATIENCE_WITH_ENGINES,
                        (known, assembly, wanted) -> {});
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
