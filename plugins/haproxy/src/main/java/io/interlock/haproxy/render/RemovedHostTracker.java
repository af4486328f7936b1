package io.interlock.haproxy.render;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.util.SortedDiff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps hosts whose last server has gone for a while: a container that restarts is back soon, and requests wait for it.
 * A host whose names another host needs is dropped at once. Confined to one thread.
 */
public final class RemovedHostTracker {

    private final Duration time;
    private DesiredConfig last;
    /** Removed hosts by name. */
    private final TreeMap<String, RemovedHost> gone = new TreeMap<>();

    /**
     * @param time how long hosts stay; zero: not at all
     */
    public RemovedHostTracker(Duration time) {
        this.time = time;
        this.last = new DesiredConfig(GlobalConfig.NONE, List.of(), List.of());
    }

    /**
     * Host that the topology no longer contains.
     *
     * @param backends the backends of its routes, each with {@link io.interlock.haproxy.model.ServerSpec#WAITING} as
     *     its only server
     * @param until when to drop the host, in nanoseconds of the caller's clock
     */
    private record RemovedHost(HostSpec host, List<BackendSpec> backends, long until) {}

    /**
     * The desired configuration, including the removed hosts that stay.
     *
     * @param desired the desired configuration without removed hosts
     * @param now nanoseconds of any clock, the same for all calls
     */
    public DesiredConfig with(DesiredConfig desired, long now) {
        if (!time.isPositive()) {
            return desired;
        }
        note(desired, now);
        last = desired;
        return gone.isEmpty() ? desired : merged(desired);
    }

    /** Time until the next removed host is dropped; empty if there is none. */
    public Optional<Duration> next(long now) {
        return gone.values().stream()
                .map(each -> Duration.ofNanos(Math.max(0, each.until() - now)))
                .min(Duration::compareTo);
    }

    private void note(DesiredConfig desired, long now) {
        Set<MapEntry.Key> claimed = new HashSet<>();
        for (SortedDiff.Change<HostSpec> change : SortedDiff.between(last.hosts(), desired.hosts())) {
            if (change.after().isEmpty()) {
                HostSpec host = change.before().orElseThrow();
                gone.put(host.name(), new RemovedHost(host, backendsOf(host), now + time.toNanos()));
            } else {
                change.after().get().entries().forEach(entry -> claimed.add(entry.key()));
            }
        }
        gone.values().removeIf(each -> each.until() - now <= 0);
        // Unchanged hosts have the same names as before, which were not the names of removed hosts.
        gone.values().removeIf(each -> each.host().entries().stream().anyMatch(entry -> claimed.contains(entry.key())));
    }

    private List<BackendSpec> backendsOf(HostSpec host) {
        return host.entries().stream()
                .filter(MapEntry::toBackend)
                .map(MapEntry::target)
                .distinct()
                .sorted()
                .flatMap(name -> last.backend(name).stream())
                .map(BackendSpec::withWaitingServerOnly)
                .toList();
    }

    private DesiredConfig merged(DesiredConfig desired) {
        TreeMap<String, BackendSpec> empty = new TreeMap<>();
        gone.values().forEach(each -> each.backends().forEach(backend -> empty.put(backend.name(), backend)));
        empty.keySet().removeIf(name -> desired.backend(name).isPresent());
        return new DesiredConfig(
                desired.frame(),
                merged(desired.backends(), List.copyOf(empty.values())),
                merged(
                        desired.hosts(),
                        gone.values().stream().map(RemovedHost::host).toList()),
                desired.certificates());
    }

    /** Merges two sorted lists. */
    private static <T extends Comparable<T>> List<T> merged(List<T> many, List<T> few) {
        List<T> all = new ArrayList<>(many.size() + few.size());
        int done = 0;
        for (T element : few) {
            int found = Collections.binarySearch(many, element);
            int place = found < 0 ? -found - 1 : found;
            all.addAll(many.subList(done, place));
            all.add(element);
            done = place;
        }
        all.addAll(many.subList(done, many.size()));
        return all;
    }
}
