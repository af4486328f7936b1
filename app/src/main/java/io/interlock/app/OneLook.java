package io.interlock.app;

import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.admin.Desk;
import io.interlock.app.cli.Application;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.docker.EngineFleet;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.pipeline.TopologyReconciler;
import io.interlock.app.readiness.ReadinessProber;
import io.interlock.app.status.EventLog;
import io.interlock.app.status.StatusBoard;
import io.interlock.app.status.View;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at the engines once, in the same way as an Interlock that runs, and serves nothing. */
final class OneLook implements Application.Glance, Desk {

    private static final Duration PATIENCE_WITH_ENGINES = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final StatusBoard board;
    private final Previews previews;
    private final Runnable closing;

    /** Tells what load balancers would write for a topology. */
    interface Previews {
        Map<String, Preview> of(TopologySnapshot snapshot) throws IOException, InterruptedException;
    }

    private OneLook(StatusBoard board, Previews previews, Runnable closing) {
        this.board = board;
        this.previews = previews;
        this.closing = closing;
    }

    /**
     * Looks.
     *
     * @param board takes what is seen
     * @param closing is run when nobody asks any more
     */
    static OneLook at(InterlockConfig config, StatusBoard board, Previews previews, Runnable closing)
            throws InterruptedException {
        Inventory inventory =
                new Inventory(config.engines().stream().map(EngineConfig::id).toList());
        CountDownLatch seen = new CountDownLatch(1);
        try (ReadinessProber prober = new ReadinessProber(LIMIT);
                EngineFleet engines =
                        new EngineFleet(config.engines(), config.terms().labels(), inventory)) {
            Pipeline pipeline = new Pipeline(config.terms(), prober, CertificateSelector.NONE);
            TopologyReconciler reconciler = new TopologyReconciler(
                    inventory::snapshot,
                    pipeline::run,
                    unused -> {},
                    PATIENCE_WITH_ENGINES,
                    (known, findings, desired) -> {
                        board.reconciled(known, findings, desired);
                        seen.countDown();
                    });
            pipeline.onChange(reconciler::changed);
            inventory.onChange(reconciler::changed);
            engines.start();
            reconciler.start();
            boolean unused = seen.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            reconciler.close();
        }
        return new OneLook(board, previews, closing);
    }

    @Override
    public Desk desk() {
        return this;
    }

    @Override
    public View view() {
        return board.view(Map.of());
    }

    @Override
    public EventLog events() {
        return board.events();
    }

    @Override
    public Map<String, Preview> previews() throws IOException, InterruptedException {
        return previews.of(board.status().topology());
    }

    @Override
    public void logLevel(String level) {
        throw new IllegalArgumentException("there is nothing that logs");
    }

    @Override
    public void close() {
        board.close();
        closing.run();
    }
}
