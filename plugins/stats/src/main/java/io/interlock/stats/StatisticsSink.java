package io.interlock.stats;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.InterlockStatus;
import io.interlock.stats.graphite.GraphiteReporter;
import io.interlock.stats.http.ServerSentEventStream;
import io.interlock.stats.http.StatsHttpServer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes each snapshot to the clients that watch, and to Graphite. */
final class StatisticsSink implements StatsSink {

    private final StatsHttpServer listener;
    private final ServerSentEventStream stream = new ServerSentEventStream();
    private final Optional<Function<Supplier<InterlockStatus>, GraphiteReporter>> graphite;
    private volatile @Nullable StatsSnapshot latest;
    private @Nullable GraphiteReporter reporter;

    /**
     * @param graphite creates the reporter to Graphite from a source of the latest status; empty: there is none
     */
    StatisticsSink(StatsHttpServer listener, Optional<Function<Supplier<InterlockStatus>, GraphiteReporter>> graphite) {
        this.listener = listener;
        this.graphite = graphite;
    }

    /** The TCP port at which it answers. */
    int port() {
        return listener.address().getPort();
    }

    /** The latest snapshot; empty before the first. */
    Optional<StatsSnapshot> latest() {
        return Optional.ofNullable(latest);
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
        stream.advance();
    }

    @Override
    public void close() {
        listener.close();
        if (reporter != null) {
            reporter.close();
        }
    }
}
