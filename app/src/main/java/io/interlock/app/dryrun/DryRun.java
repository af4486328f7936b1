package io.interlock.app.dryrun;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.admin.AdminService;
import io.interlock.app.cli.InterlockApplication;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.docker.EngineWatchSettings;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.FirstTopologyWait;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.pipeline.TopologyReconciler;
import io.interlock.app.readiness.ReadinessProber;
import io.interlock.app.services.ServiceManager;
import io.interlock.app.services.ServiceSettings;
import io.interlock.app.status.InterlockEventLog;
import io.interlock.app.status.StatusService;
import io.interlock.app.status.StatusView;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads the engines once, in the same way as a running Interlock, and serves nothing. */
public final class DryRun implements InterlockApplication.DryRunSession, AdminService {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final StatusService statusService;
    private final PreviewSource previews;
    private final Runnable closing;

    /** Source of the configurations that load balancers would write for a topology. */
    public interface PreviewSource {
        Map<String, ConfigPreview> of(TopologySnapshot snapshot) throws IOException, InterruptedException;
    }

    private DryRun(StatusService statusService, PreviewSource previews, Runnable closing) {
        this.statusService = statusService;
        this.previews = previews;
        this.closing = closing;
    }

    /**
     * Reads the engines.
     *
     * @param policy the operator's policy for containers
     * @param statusService receives the result
     * @param closing run when the session is closed
     */
    public static DryRun run(
            InterlockConfig config,
            ContainerPolicy policy,
            StatusService statusService,
            PreviewSource previews,
            Runnable closing)
            throws InterruptedException {
        Inventory inventory = new Inventory(config.engineIds());
        CountDownLatch seen = new CountDownLatch(1);
        try (ReadinessProber prober = new ReadinessProber(LIMIT);
                EngineWatcherManager engines = new EngineWatcherManager(
                        EngineWatchSettings.of(
                                config.engines(),
                                policy.selection(),
                                policy.ownership().asksForImages()),
                        inventory);
                ServiceManager services =
                        new ServiceManager(ServiceSettings.of(config), inventory, statusService::services)) {
            Pipeline pipeline = new Pipeline(() -> policy, prober, CertificateSelector.none());
            TopologyReconciler reconciler = new TopologyReconciler(
                    inventory::snapshot,
                    pipeline::run,
                    (known, result) -> {},
                    unused -> {},
                    (known, findings, desired, holders) -> {
                        statusService.reconciled(known, findings, desired, holders);
                        seen.countDown();
                    });
            pipeline.onChange(reconciler::changed);
            inventory.onChange(reconciler::changed);
            engines.start();
            services.start();
            reconciler.start(
                    FirstTopologyWait.dryRun(inventory.snapshot().engines().keySet()));
            boolean unused = seen.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            reconciler.close();
        }
        return new DryRun(statusService, previews, closing);
    }

    @Override
    public AdminService adminService() {
        return this;
    }

    @Override
    public StatusView view() {
        return statusService.view(Map.of());
    }

    @Override
    public InterlockEventLog events() {
        return statusService.events();
    }

    @Override
    public Map<String, ConfigPreview> previews() throws IOException, InterruptedException {
        return previews.of(statusService.status().topology());
    }

    @Override
    public void logLevel(String level) {
        throw new IllegalArgumentException("there is nothing that logs");
    }

    @Override
    public void close() {
        statusService.close();
        closing.run();
    }
}
