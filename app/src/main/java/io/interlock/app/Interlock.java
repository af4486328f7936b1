package io.interlock.app;

import io.interlock.api.status.TlsStatus;
import io.interlock.app.accesslog.AccessLogManager;
import io.interlock.app.admin.AdminServer;
import io.interlock.app.admin.LiveAdminService;
import io.interlock.app.cli.ExitCodes;
import io.interlock.app.cli.InterlockApplication;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.dns.DnsProviderManager;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.dryrun.DryRun;
import io.interlock.app.dryrun.DryRunRenderer;
import io.interlock.app.dryrun.StartCheck;
import io.interlock.app.dryrun.TcpPortValidator;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.liveconfig.LiveConfigManager;
import io.interlock.app.loadbalancer.ApplyLogger;
import io.interlock.app.loadbalancer.LoadBalancerEnvironment;
import io.interlock.app.loadbalancer.LoadBalancerManager;
import io.interlock.app.loadbalancer.TopologyPublisher;
import io.interlock.app.logging.LogLevels;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.FirstTopologyWait;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.pipeline.TopologyReconciler;
import io.interlock.app.plugin.PluginLoadResult;
import io.interlock.app.plugin.PluginManager;
import io.interlock.app.plugin.SectionProblemLocator;
import io.interlock.app.plugin.dialect.DialectManager;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.readiness.ReadinessProber;
import io.interlock.app.recovery.InventoryJournal;
import io.interlock.app.recovery.InventoryRecovery;
import io.interlock.app.runtime.DataDirectory;
import io.interlock.app.runtime.GarbageCollectionTrigger;
import io.interlock.app.runtime.ShutdownHook;
import io.interlock.app.runtime.SignalHandler;
import io.interlock.app.services.ServiceManager;
import io.interlock.app.services.ServiceSettings;
import io.interlock.app.sinks.SinkManager;
import io.interlock.app.status.LoadBalancerQueryService;
import io.interlock.app.status.StatusService;
import io.interlock.app.topology.ownership.FieldGrantValidator;
import io.interlock.pluginhost.ApiVersion;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Application that creates all components, connects them, and starts and stops them in order. The wiring follows the
 * picture in docs/architecture.md.
 */
public final class Interlock implements InterlockApplication {

    private static final Logger log = LoggerFactory.getLogger("interlock");

    private static final Duration READINESS_LIMIT = Duration.ofSeconds(30);

    @Override
    public CheckResult check(ConfigResult.Valid configuration) {
        try {
            Path copies = Files.createTempDirectory("interlock-check");
            try (PluginManager plugins = host(configuration.config(), copies)) {
                PluginLoadResult loaded = plugins.load();
                return StartCheck.of(loaded, DialectManager.open(configuration.config(), loaded), configuration);
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
    public Outcome run(ConfigResult.Valid configuration, ConfigSource source) {
        InterlockConfig config = configuration.config();
        configuration.warnings().forEach(log::warn);
        try (DataDirectory data = DataDirectory.locked(config.dataDir());
                PluginManager plugins = host(config, data.ofJars())) {
            PluginLoadResult loaded = plugins.load();
            DialectManager dialects = DialectManager.open(config, loaded);
            List<ConfigProblem> refused = new ArrayList<>(SectionProblemLocator.of(loaded, configuration.locations()));
            refused.addAll(TcpPortValidator.problems(loaded, configuration));
            refused.addAll(FieldGrantValidator.problems(configuration));
            refused.addAll(dialects.problems(configuration));
            if (!refused.isEmpty()) {
                return new Outcome.Refused(refused);
            }
            if (loaded.loadBalancers().isEmpty()) {
                plugins.logReports();
                return new Outcome.Ended(withoutLoadBalancer(config));
            }
            return new Outcome.Ended(serve(configuration, source, data, plugins, dialects));
        } catch (IOException e) {
            log.error("{}", ErrorMessages.reason(e));
            return new Outcome.Ended(ExitCodes.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Ended(ExitCodes.FAILED);
        }
    }

    @Override
    public DryRunSession dryRun(ConfigResult.Valid configuration) throws IOException, InterruptedException {
        LogLevels.silence();
        InterlockConfig config = configuration.config();
        Path copies = Files.createTempDirectory("interlock-look");
        PluginManager plugins = host(config, copies);
        PluginLoadResult loaded = plugins.load();
        DialectManager dialects = DialectManager.required(configuration, loaded, plugins::close);
        StatusService statusService = StatusServiceFactory.of(
                () -> config, Map::of, List::of, () -> TlsStatus.NONE, dialects::current, List::of);
        statusService.plugins(plugins.reports());
        return DryRun.run(
                config,
                config.containerPolicy().with(dialects.current()).withOwnPorts(plugins.ports()),
                statusService,
                snapshot -> new DryRunRenderer(config, loaded.loadBalancers()).previews(snapshot),
                () -> {
                    plugins.close();
                    delete(copies);
                });
    }

    private static void delete(Path copies) {
        try {
            Files.deleteIfExists(copies);
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", copies, ErrorMessages.reasonAt(copies, e));
        }
    }

    private static PluginManager host(InterlockConfig config, Path copies) throws IOException {
        return new PluginManager(
                config.pluginsDir(),
                copies,
                ApiVersion.current(),
                config.plugins(),
                config.proxy(),
                PluginTimeLimits.USUAL);
    }

    private int serve(
            ConfigResult.Valid configuration,
            ConfigSource source,
            DataDirectory data,
            PluginManager plugins,
            DialectManager dialects)
            throws IOException, InterruptedException {
        InterlockConfig config = configuration.config();
        AtomicReference<InterlockConfig> current = new AtomicReference<>(config);
        try (ShutdownHook termination = ShutdownHook.install()) {
            Inventory inventory = new Inventory(config.engineIds());
            InventoryRecovery recovery = InventoryRecovery.of(data.ofInventory(), inventory);
            InventoryJournal journal = new InventoryJournal(data.ofInventory());
            EngineWatcherManager engines =
                    new EngineWatcherManager(LiveConfigApplier.watchSettings(config, dialects.current()), inventory);
            ReadinessProber prober = new ReadinessProber(READINESS_LIMIT);
            DnsProviderManager dnsProviders =
                    new DnsProviderManager(() -> current.get().dnsProviders(), data::ofPlugin, PluginTimeLimits.USUAL);
            CertificateSelector certificates = CertificateSelector.of(config, dnsProviders);
            Pipeline pipeline = new Pipeline(
                    () -> current.get()
                            .containerPolicy()
                            .with(dialects.current())
                            .withOwnPorts(plugins.ports()),
                    prober,
                    certificates);
            TopologyPublisher topology = new TopologyPublisher();
            AccessLogManager accessLog = AccessLogManager.open(config.accessLog(), topology::topology);
            AtomicReference<SinkManager> sinks = new AtomicReference<>();
            StatusService statusService = StatusServiceFactory.of(
                    current::get,
                    () -> StatusServiceFactory.intake(engines),
                    () -> Optional.ofNullable(sinks.get())
                            .map(SinkManager::status)
                            .orElse(List.of()),
                    certificates::status,
                    dialects::current,
                    accessLog::status);
            TopologyReconciler reconciler = new TopologyReconciler(
                    inventory::snapshot,
                    pipeline::run,
                    (known, result) -> journal.record(known, result.waiting(), result.tenures()),
                    topology::publish,
                    statusService::reconciled);
            ServiceManager services =
                    new ServiceManager(ServiceSettings.of(config), inventory, statusService::services);
            inventory.onChange(reconciler::changed);
            pipeline.onChange(reconciler::changed);

            plugins.onReports(statusService::plugins);
            plugins.onPorts(reconciler::changed);
            dialects.onChange(reconciler::changed);
            LoadBalancerEnvironment environment = new LoadBalancerEnvironment(
                    topology,
                    data::ofPlugin,
                    List.of(new ApplyLogger(), statusService, certificates),
                    accessLog,
                    PluginTimeLimits.USUAL);
            PluginDispatcher all = plugins.start(events ->
                    PluginDispatcher.of(environment, data, statusService, engines, dnsProviders, dialects, events));
            LoadBalancerManager loadBalancers = all.loadBalancers();
            sinks.set(all.sinks());
            GarbageCollectionTrigger heap = GarbageCollectionTrigger.start();
            LiveConfigManager liveConfig = new LiveConfigManager(
                    source,
                    configuration,
                    new LiveConfigApplier(
                            current,
                            reconciler::changed,
                            engines,
                            certificates,
                            plugins,
                            dialects,
                            services,
                            accessLog,
                            next -> check(next).problems()),
                    statusService::configuration);
            Optional<AdminServer> admin = AdminServer.start(
                    config.dataDir(),
                    new LiveAdminService(
                            statusService,
                            new LoadBalancerQueryService(loadBalancers::loadBalancers),
                            Optional.of(liveConfig),
                            Optional.of(accessLog)));
            try (engines;
                    services;
                    certificates;
                    prober;
                    recovery;
                    journal) {
                engines.start();
                if (!loadBalancers.anyOpen()) {
                    return withoutLoadBalancer(config);
                }
                certificates.start();
                FirstTopologyWait wait = firstTopology(config, recovery, pipeline, loadBalancers.anyProxyRuns());
                services.start();
                services.awaitFirst();
                reconciler.start(wait);
                liveConfig.start();
                SignalHandler.handle("HUP", liveConfig::request);
                log.info("Interlock {} watches {}", ApiVersion.current(), config.addresses());
                termination.await();
                log.info("shutting down");
                reconciler.close();
            } finally {
                liveConfig.close();
                heap.close();
                plugins.stop();
                all.sinks().close();
                dnsProviders.close();
                loadBalancers.close();
                accessLog.close();
                all.closeDialects();
                admin.ifPresent(AdminServer::close);
                statusService.close();
            }
            log.info("stopped");
            return ExitCodes.OK;
        }
    }

    private static FirstTopologyWait firstTopology(
            InterlockConfig config, InventoryRecovery recovery, Pipeline pipeline, boolean proxyRuns) {
        pipeline.restore(recovery.tenures());
        if (proxyRuns) {
            pipeline.restore(recovery.restored(), recovery.served());
            return FirstTopologyWait.takeover(recovery.keep(config.unknownEngineLimit()));
        }
        recovery.discard();
        return FirstTopologyWait.coldStart(
                config.engines().stream().map(EngineConfig::id).collect(Collectors.toSet()));
    }

    private static int withoutLoadBalancer(InterlockConfig config) {
        log.error("no load balancer is usable; plugins are searched in {}", config.pluginsDir());
        return ExitCodes.FAILED;
    }
}
