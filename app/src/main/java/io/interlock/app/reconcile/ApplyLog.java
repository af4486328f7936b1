package io.interlock.app.reconcile;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log what came of each apply; what a load balancer leaves out is told when it changes. */
public final class ApplyLog implements ReconcileLane.Listener {

    private static final Logger log = LoggerFactory.getLogger(ApplyLog.class);

    private final Map<String, Set<Omission>> omissions = new HashMap<>();

    @Override
    public synchronized void applied(String lane, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        switch (result) {
            case Applied applied -> {
                log.info(
                        "{}: revision {} is served, {} in {} ms: {} virtual hosts, {} backends",
                        lane,
                        snapshot.revision(),
                        applied.how().name().toLowerCase(Locale.ROOT),
                        applied.took().toMillis(),
                        snapshot.topology().virtualHosts().size(),
                        snapshot.topology().backends().size());
                tell(lane, applied.omissions());
            }
            case Unchanged unchanged -> {
                log.debug("{}: revision {} was served already", lane, snapshot.revision());
                tell(lane, unchanged.omissions());
            }
            case Rejected rejected ->
                log.error(
                        "{}: revision {} was refused, what was served before stays: {}",
                        lane,
                        snapshot.revision(),
                        rejected.reason());
            case Failed failed -> {
                log.error(
                        "{}: revision {} could not be applied, what was served before stays, will try again: {}",
                        lane,
                        snapshot.revision(),
                        failed.reason());
                failed.cause().ifPresent(cause -> log.debug("{}: because of", lane, cause));
            }
        }
    }

    private void tell(String lane, List<Omission> latest) {
        Set<Omission> known = omissions.getOrDefault(lane, Set.of());
        latest.stream()
                .filter(omission -> !known.contains(omission))
                .forEach(omission -> log.warn(
                        "{}: backend {}{}: {} \"{}\" left out: {}",
                        lane,
                        omission.backendName(),
                        omission.serverId().map(id -> ", server " + id).orElse(""),
                        omission.field(),
                        omission.value(),
                        omission.reason()));
        omissions.put(lane, new HashSet<>(latest));
    }
}
