package io.interlock.app.services;

import io.interlock.app.services.HostLookup.ResolvedHost;
import io.interlock.util.ExponentialBackoff;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of host names, and when each is looked up again: when its answer expires, or after a pause that grows. A name
 * whose lookup fails keeps its last known addresses. No I/O; confined to one thread.
 */
final class ServiceNameTracker {

    static final Duration SHORTEST_TTL = Duration.ofSeconds(5);
    static final Duration LONGEST_TTL = Duration.ofHours(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Addresses of one name that are served. */
    static final int MOST_ADDRESSES = 64;

    private static final Comparator<InetAddress> ORDER = Comparator.<InetAddress>comparingInt(
                    address -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private final Map<String, Entry> names = new TreeMap<>();

    private static final class Entry {
        private List<InetAddress> addresses = List.of();
        private String problem = "";
        private int failures;
        private boolean isAnswered;
        /** Empty while it is looked up. */
        private @Nullable Instant due;
    }

    /** Follows these names from now on, and no others. */
    void follow(Set<String> hosts, Instant now) {
        names.keySet().retainAll(hosts);
        hosts.forEach(host -> names.computeIfAbsent(host, any -> {
            Entry entry = new Entry();
            entry.due = now;
            return entry;
        }));
    }

    /** Takes over an address that an earlier controller knew, of a name without an answer so far. */
    void restore(String host, InetAddress address) {
        Entry entry = names.get(host);
        if (entry != null && !entry.isAnswered && !entry.addresses.contains(address)) {
            List<InetAddress> more = new ArrayList<>(entry.addresses);
            more.add(address);
            entry.addresses = sorted(more);
        }
    }

    /** Looks all names up again that are not being looked up. */
    void renew(Instant now) {
        names.values().stream().filter(entry -> entry.due != null).forEach(entry -> entry.due = now);
    }

    /** Returns the names to look up now; each needs an answer or a failure. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        names.forEach((host, entry) -> {
            if (entry.due != null && !now.isBefore(entry.due)) {
                entry.due = null;
                due.add(host);
            }
        });
        return due;
    }

    /** Returns when the next name is due; empty if none is. */
    Optional<Instant> next() {
        return names.values().stream()
                .flatMap(entry -> Optional.ofNullable(entry.due).stream())
                .min(Comparator.naturalOrder());
    }

    void resolved(String host, ResolvedHost answer, Instant now) {
        Entry entry = names.get(host);
        if (entry == null) {
            return;
        }
        List<InetAddress> usable = sorted(answer.addresses().stream()
                .filter(ServiceFileReader::isOfOneHost)
                .toList());
        if (usable.isEmpty()) {
            failed(host, "none of its addresses is that of one host", now);
            return;
        }
        entry.addresses = usable.subList(0, Math.min(MOST_ADDRESSES, usable.size()));
        entry.problem = usable.size() > MOST_ADDRESSES
                ? "has " + usable.size() + " addresses, of which the lowest " + MOST_ADDRESSES + " are served"
                : "";
        entry.failures = 0;
        entry.isAnswered = true;
        entry.due = now.plus(within(answer.ttl()));
    }

    void failed(String host, String reason, Instant now) {
        Entry entry = names.get(host);
        if (entry == null) {
            return;
        }
        entry.problem = reason;
        entry.isAnswered = true;
        entry.due = now.plus(ExponentialBackoff.pause(SHORTEST_TTL, LONGEST_PAUSE, entry.failures++));
    }

    /** Whether a name has neither addresses nor an answer. */
    boolean isAwaiting() {
        return names.values().stream().anyMatch(entry -> !entry.isAnswered && entry.addresses.isEmpty());
    }

    /** Returns the last known addresses; none if the name never had one. */
    List<InetAddress> addresses(String host) {
        Entry entry = names.get(host);
        return entry == null ? List.of() : entry.addresses;
    }

    /** Returns what is wrong with names, by name. */
    Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>();
        names.forEach((host, entry) -> {
            if (!entry.problem.isEmpty()) {
                problems.put(host, entry.problem);
            }
        });
        return problems;
    }

    private static Duration within(Duration ttl) {
        if (ttl.compareTo(SHORTEST_TTL) < 0) {
            return SHORTEST_TTL;
        }
        return ttl.compareTo(LONGEST_TTL) > 0 ? LONGEST_TTL : ttl;
    }

    private static List<InetAddress> sorted(List<InetAddress> addresses) {
        return addresses.stream().distinct().sorted(ORDER).toList();
    }
}
