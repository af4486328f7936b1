package io.interlock.haproxy.stats;

import io.interlock.api.stats.ProxyStats;
import io.interlock.haproxy.stats.HaproxyStatsClient.WorkerCounts;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Reader of HAProxy's counters under the names of the topology. Safe for use by any thread. */
public final class HaproxyStatsReader {

    private final HaproxyStatsClient statistics;
    private final Supplier<Map<String, String>> places;
    private final Clock clock;

    /**
     * @param places the place of each backend in HAProxy's configuration; empty while nothing is served
     */
    public HaproxyStatsReader(HaproxyStatsClient statistics, Supplier<Map<String, String>> places, Clock clock) {
        this.statistics = statistics;
        this.places = places;
        this.clock = clock;
    }

    /**
     * @throws IOException if HAProxy does not answer
     */
    public Optional<ProxyStats> now() throws IOException, InterruptedException {
        Map<String, String> backendsByPlace = new HashMap<>();
        places.get().forEach((backend, place) -> backendsByPlace.put(place, backend));
        if (backendsByPlace.isEmpty()) {
            return Optional.empty();
        }
        Optional<WorkerCounts> workers = statistics.workers();
        return ProxyStatsParser.of(
                clock.instant(),
                new ProxyStatsParser.StatsResponses(
                        statistics.process(),
                        statistics.counts(),
                        number(workers.map(WorkerCounts::present)),
                        number(workers.map(WorkerCounts::old))),
                backendsByPlace);
    }

    /** The number of replaced workers, which finish their connections; empty if the master does not report it. */
    public OptionalInt oldWorkers() throws InterruptedException {
        return number(statistics.workers().map(WorkerCounts::old));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
