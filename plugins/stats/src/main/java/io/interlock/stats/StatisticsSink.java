package io.interlock.stats;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.InterlockStatus;
import io.interlock.stats.graphite.GraphiteReporter;
import io.interlock.stats.http.ServerSentEventStream;
import io.interlock.stats.http.StatsHttpServer;
import io.interlock.stats.webhook.WebhookCounts;
import io.interlock.stats.webhook.WebhookDispatcher;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes each snapshot to the clients that watch, to web hooks, and to Graphite. */
final class StatisticsSink implements StatsSink {

    private final StatsHttpServer listener;
    private final ServerSentEventStream stream = new ServerSentEventStream();
    private final Optional<Function<Supplier<InterlockStatus>, GraphiteReporter>> graphite;
    private final WebhookDispatcher webhooks;
    private volatile @Nullable StatsSnapshot latest;
    private @Nullable GraphiteReporter reporter;

    /**
     * @param graphite creates the reporter to Graphite from a source of the latest status; empty: there is none
     */
    StatisticsSink(
            StatsHttpServer listener,
            Optional<Function<Supplier<InterlockStatus>, GraphiteReporter>> graphite,
            WebhookDispatcher webhooks) {
        this.listener = listener;
        this.graphite = graphite;
        this.webhooks = webhooks;
    }

    /** The TCP port at which it answers. */
    int port() {
        return listener.address().getPort();
    }

    /** The latest snapshot; empty before the first. */
    Optional<StatsSnapshot> latest() {
        return Optional.ofNullable(latest);
    }

    /** Counts of the web hooks, in the order of the configuration. */
    List<WebhookCounts> webhookCounts() {
        return webhooks.counts();
    }

    /** The stream that follows the latest snapshot. */
    ServerSentEventStream stream() {
        return stream;
    }

    @Override
    public void accept(StatsSnapshot snapshot) {
        latest = snapshot;
        if (reporter == null && graphite.isPresent()) {
            reporter = graphite.get().apply(() -> latest().orElse(snapshot).host());
            reporter.start();
        }
        webhooks.accept(snapshot.host());
        stream.advance();
    }

    @Override
    public void close() {
        listener.close();
        webhooks.close();
        if (reporter != null) {
            reporter.close();
        }
    }
}
