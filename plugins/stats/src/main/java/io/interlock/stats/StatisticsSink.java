package io.interlock.stats;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.HostStatus;
import io.interlock.stats.graphite.GraphiteReporter;
import io.interlock.stats.http.Listener;
import io.interlock.stats.http.Stream;
import io.interlock.stats.json.Documents;
import io.interlock.stats.json.Json;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands each snapshot to whoever watches. */
final class StatisticsSink implements StatsSink {

    private final Listener listener;
    private final Json json = new Json();
    private final Stream stream = new Stream();
    private final Optional<Function<Supplier<HostStatus>, GraphiteReporter>> graphite;
    private volatile @Nullable HostStatus latest;
    private @Nullable GraphiteReporter reporter;

    /**
     * @param graphite how to make the reporter to Graphite from where it finds the latest status; empty: there is none
     */
    StatisticsSink(Listener listener, Optional<Function<Supplier<HostStatus>, GraphiteReporter>> graphite) {
        this.listener = listener;
        this.graphite = graphite;
    }

    /** The TCP port at which it answers. */
    int port() {
        return listener.address().getPort();
    }

    /** Where each snapshot's overview appears. */
    Stream stream() {
        return stream;
    }

    @Override
    public void accept(StatsSnapshot snapshot) {
        latest = snapshot.host();
        if (reporter == null && graphite.isPresent()) {
            reporter = graphite.get().apply(() -> latestOr(snapshot.host()));
            reporter.start();
        }
        stream.offer(() -> json.write(new Documents(snapshot).overview()));
    }

    @Override
    public void close() {
        listener.close();
        if (reporter != null) {
            reporter.close();
        }
    }

    private HostStatus latestOr(HostStatus first) {
        HostStatus now = latest;
        return now == null ? first : now;
    }
}
