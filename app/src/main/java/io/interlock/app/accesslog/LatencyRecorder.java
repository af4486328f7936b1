package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.status.AccessLogStatus;
import io.interlock.api.status.LatencyHistogram;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Topology;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.topology.VirtualHostFinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Destination that counts requests by their duration, host name and class of status. Names come from the topology,
 * never from clients, and only a limited number of them has histograms of its own.
 */
final class LatencyRecorder implements RequestDestination {

    /** Host names with histograms of their own. */
    static final int MOST_HOSTS = 200;

    private static final int HUNDRED = 100;
    private static final long[] BOUNDS =
            LatencyHistogram.BOUNDS.stream().mapToLong(Duration::toMillis).toArray();

    private final AccessLogConfig config;
    private final EntryFilter filter;
    private final Supplier<Topology> topology;
    // The rest is guarded by this.
    private final Map<String, Map<String, Tally>> hosts = new TreeMap<>();
    private Topology known = Topology.EMPTY;
    private VirtualHostFinder finder = new VirtualHostFinder(known);
    private long recorded;

    private static final class Tally {
        private final long[] counts = new long[BOUNDS.length + 1];
        private long milliseconds;

        void add(long duration) {
            int bound = Arrays.binarySearch(BOUNDS, duration);
            counts[bound < 0 ? -bound - 1 : bound]++;
            milliseconds += duration;
        }

        LatencyHistogram histogram(String host, String code) {
            return new LatencyHistogram(
                    host, code, Arrays.stream(counts).boxed().toList(), Duration.ofMillis(milliseconds));
        }
    }

    LatencyRecorder(AccessLogConfig config, Supplier<Topology> topology) {
        this.config = config;
        this.filter = new EntryFilter(config.filter());
        this.topology = topology;
    }

    @Override
    public void offer(AccessLogEntry entry) {
        // Lines of TCP connections have neither.
        boolean isRequest =
                entry.status().isPresent() || !entry.request().method().isEmpty();
        if (isRequest && filter.test(entry)) {
            record(
                    EntryFilter.host(entry),
                    code(entry),
                    Math.max(0, entry.times().active()));
        }
    }

    private static String code(AccessLogEntry entry) {
        return entry.status().isPresent() ? entry.status().getAsInt() / HUNDRED + "xx" : LatencyHistogram.NO_RESPONSE;
    }

    private synchronized void record(String requested, String code, long duration) {
        follow(topology.get());
        String name = name(requested);
        if (!hosts.containsKey(name) && !hasSpace(name)) {
            name = LatencyHistogram.OTHERS;
        }
        hosts.computeIfAbsent(name, host -> new TreeMap<>())
                .computeIfAbsent(code, status -> new Tally())
                .add(duration);
        recorded++;
    }

    /** Forgets names that are no longer served, so that their series end as those of their containers do. */
    @SuppressWarnings("ReferenceEquality") // Another topology after a change; to compare the content would take long.
    private void follow(Topology now) {
        if (known != now) {
            known = now;
            finder = new VirtualHostFinder(now);
            hosts.keySet().removeIf(name -> !isGroup(name) && !finder.hasName(new HostName(name)));
        }
    }

    private String name(String requested) {
        try {
            return finder.find(HostName.of(requested))
                    .map(match -> match.name().value())
                    .orElse(LatencyHistogram.NO_HOST);
        } catch (IllegalArgumentException e) {
            return LatencyHistogram.NO_HOST;
        }
    }

    private boolean hasSpace(String name) {
        return isGroup(name)
                || hosts.keySet().stream().filter(host -> !isGroup(host)).count() < MOST_HOSTS;
    }

    private static boolean isGroup(String name) {
        return name.equals(LatencyHistogram.NO_HOST) || name.equals(LatencyHistogram.OTHERS);
    }

    @Override
    public synchronized AccessLogStatus status() {
        follow(topology.get());
        List<LatencyHistogram> latencies = new ArrayList<>();
        hosts.forEach((host, codes) -> codes.forEach((code, tally) -> latencies.add(tally.histogram(host, code))));
        return new AccessLogStatus(config.target().text(), recorded, 0, false, "", latencies);
    }

    @Override
    public boolean isOf(AccessLogConfig other) {
        return config.equals(other);
    }

    @Override
    public void start() {}

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
