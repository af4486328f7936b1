package io.interlock.app.services;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans which servers the inventory has: those of the files, those of files that were never read as they are known, and
 * for a while those that are gone, which finish what they have. No I/O; confined to one thread.
 */
final class ServiceInventoryPlanner {

    /** How long a server that is gone may finish, as a container that is told to stop. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    private final Map<String, Instant> drains = new HashMap<>();

    /**
     * Returns the servers, by id.
     *
     * @param look the files
     * @param names the addresses of their host names
     * @param known the servers of the inventory, by id
     */
    Map<String, ContainerFacts> plan(
            ServiceFolder.Look look, ServiceNameTracker names, Map<String, ContainerFacts> known, Instant now) {
        Map<String, ContainerFacts> planned = new LinkedHashMap<>();
        for (ServiceFile file : look.files()) {
            for (ServiceServer server : file.servers()) {
                for (InetAddress address : addresses(server.host(), names)) {
                    Instant startedAt = Optional.ofNullable(known.get(ServiceFactsMapper.id(file, server, address)))
                            .filter(before -> !before.stopping())
                            .map(ContainerFacts::startedAt)
                            .orElse(now);
                    ContainerFacts facts = ServiceFactsMapper.facts(file, server, address, startedAt);
                    planned.putIfAbsent(facts.key().containerId(), facts);
                }
            }
        }
        known.forEach((id, facts) -> {
            boolean isUnread = look.unread().contains(facts.dataPlace()) && !facts.stopping();
            if (isUnread) {
                planned.putIfAbsent(id, facts);
            }
        });
        drains.keySet().removeIf(id -> planned.containsKey(id) || !known.containsKey(id));
        known.forEach((id, facts) -> {
            if (!planned.containsKey(id) && now.isBefore(end(facts, now))) {
                planned.put(id, facts.withStopping(true));
            }
        });
        return planned;
    }

    /** One that an earlier controller let finish had its time. */
    private Instant end(ContainerFacts facts, Instant now) {
        return drains.computeIfAbsent(facts.key().containerId(), any -> facts.stopping() ? now : now.plus(DRAIN));
    }

    private static List<InetAddress> addresses(String host, ServiceNameTracker names) {
        return IpLiteral.parse(host).map(List::of).orElseGet(() -> names.addresses(host));
    }

    /** Returns when the next server has had its time; empty if none finishes. */
    Optional<Instant> next() {
        return drains.values().stream().min(Comparator.naturalOrder());
    }
}
