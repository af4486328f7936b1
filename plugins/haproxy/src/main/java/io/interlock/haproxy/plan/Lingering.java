package io.interlock.haproxy.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps hosts for a while whose last server has gone: one that restarts is back soon, and requests wait for it. A host
 * whose names are wanted for something else does not stay. Confined to one thread.
 */
public final class Lingering {

    private final Duration time;
    private Wanted last;
    /** By name. */
    private final TreeMap<String, Gone> gone = new TreeMap<>();

    /**
     * @param time how long hosts stay; zero: not at all
     */
    public Lingering(Duration time) {
        this.time = time;
        this.last = new Wanted(new Frame("", List.of(), false), List.of(), List.of());
    }

    /**
     * A host that nobody wants any more.
     *
     * @param backends those that it leads to, with nothing but a place to wait
     * @param until when it is to go, in nanoseconds of the clock that the caller uses
     */
    private record Gone(HostSpec host, List<BackendSpec> backends, long until) {}

    /**
     * What HAProxy is to have, hosts that linger included.
     *
     * @param wanted what is wanted of it
     * @param now nanoseconds of any clock, always the same one
     */
    public Wanted with(Wanted wanted, long now) {
        if (!time.isPositive()) {
            return wanted;
        }
        note(wanted, now);
        last = wanted;
        return gone.isEmpty() ? wanted : merged(wanted);
    }

    /** How long until the next host goes; empty if none lingers. */
    public Optional<Duration> next(long now) {
        return gone.values().stream()
                .map(each -> Duration.ofNanos(Math.max(0, each.until() - now)))
                .min(Duration::compareTo);
    }

    private void note(Wanted wanted, long now) {
        for (Changes.Change<HostSpec> change : Changes.between(last.hosts(), wanted.hosts())) {
            if (change.after().isEmpty()) {
                HostSpec host = change.before().orElseThrow();
                gone.put(host.name(), new Gone(host, backendsOf(host), now + time.toNanos()));
            }
        }
        gone.values().removeIf(each -> each.until() - now <= 0);
        if (!gone.isEmpty()) {
            Set<Entry.Key> claimed = new HashSet<>();
            wanted.hosts().forEach(host -> host.entries().forEach(entry -> claimed.add(entry.key())));
            gone.values()
                    .removeIf(each -> each.host().entries().stream().anyMatch(entry -> claimed.contains(entry.key())));
        }
    }

    private List<BackendSpec> backendsOf(HostSpec host) {
        Set<String> names = new HashSet<>();
        host.entries().stream().filter(Entry::toBackend).forEach(entry -> names.add(entry.target()));
        return last.backends().stream()
                .filter(backend -> names.contains(backend.name()))
                .map(BackendSpec::emptied)
                .toList();
    }

    private Wanted merged(Wanted wanted) {
        TreeMap<String, BackendSpec> empty = new TreeMap<>();
        gone.values().forEach(each -> each.backends().forEach(backend -> empty.put(backend.name(), backend)));
        wanted.backends().forEach(backend -> empty.remove(backend.name()));
        return new Wanted(
                wanted.frame(),
                merged(wanted.backends(), List.copyOf(empty.values())),
                merged(wanted.hosts(), gone.values().stream().map(Gone::host).toList()),
                wanted.certificates());
    }

    /** Two sorted lists as one. */
    private static <T extends Comparable<T>> List<T> merged(List<T> many, List<T> few) {
        List<T> all = new ArrayList<>(many.size() + few.size());
        Iterator<T> rest = few.iterator();
        Optional<T> next = rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        for (T element : many) {
            while (next.isPresent() && next.get().compareTo(element) < 0) {
                all.add(next.get());
                next = rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
            }
            all.add(element);
        }
        next.ifPresent(all::add);
        rest.forEachRemaining(all::add);
        return all;
    }
}
