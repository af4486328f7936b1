package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.util.CountText;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the result of each apply to the log, and the omissions of a load balancer when they change. */
public final class ApplyLogger implements LoadBalancerObserver {

    private static final Logger log = LoggerFactory.getLogger("loadbalancer");

    private final Map<String, Set<Omission>> omissions = new HashMap<>();

    @Override
    public synchronized void applied(String pluginId, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        switch (result) {
            case Applied applied -> {
                log.info(
                        "{}: revision {} is served, {} in {} ms: {}, {}",
                        pluginId,
                        snapshot.revision(),
                        applied.how().name().toLowerCase(Locale.ROOT),
                        took.toMillis(),
                        CountText.of(snapshot.topology().virtualHosts().size(), "virtual host"),
                        CountText.of(snapshot.topology().backends().size(), "backend"));
                logOmissions(pluginId, applied.omissions());
            }
            case Unchanged unchanged -> {
                log.debug("{}: revision {} was served already", pluginId, snapshot.revision());
                logOmissions(pluginId, unchanged.omissions());
            }
            case Rejected rejected ->
                log.error(
                        "{}: revision {} was refused, the previous revision stays in service: {}",
                        pluginId,
                        snapshot.revision(),
                        rejected.reason());
            case Failed failed ->
                log.error(
                        "{}: revision {} could not be applied, the previous revision stays in service, next attempt follows: {}",
                        pluginId,
                        snapshot.revision(),
                        failed.reason());
        }
    }

    private void logOmissions(String pluginId, List<Omission> latest) {
        Set<Omission> known = omissions.getOrDefault(pluginId, Set.of());
        latest.stream()
                .filter(omission -> !known.contains(omission))
                .forEach(omission -> log.warn(
                        "{}: backend {}{}: {} \"{}\" left out: {}",
                        pluginId,
                        omission.backendName(),
                        omission.serverId().map(id -> ", server " + id).orElse(""),
                        omission.field(),
                        omission.value(),
                        omission.reason()));
        omissions.put(pluginId, new HashSet<>(latest));
    }
}
