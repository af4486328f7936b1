package io.interlock.app.status;

import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.ContainerStatus.Outcome;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says of each container what became of it. */
final class ContainerStatusMapper {

    private static final Comparator<ContainerStatus> ORDER = Comparator.comparing(ContainerStatus::engineId)
            .thenComparing(ContainerStatus::name)
            .thenComparing(ContainerStatus::id);

    private final Map<String, List<String>> backendsByServer = new HashMap<>();
    private final Map<String, ServerState> states = new HashMap<>();
    private final Map<ContainerKey, Finding> worst = new HashMap<>();

    private ContainerStatusMapper(Topology topology, List<Finding> findings) {
        for (Backend backend : topology.backends()) {
            for (Server server : backend.servers()) {
                backendsByServer
                        .computeIfAbsent(server.id(), id -> new ArrayList<>(1))
                        .add(backend.name());
                states.put(server.id(), server.state());
            }
        }
        findings.forEach(finding -> worst.merge(
                finding.container(),
                finding,
                (one, other) -> one.severity().compareTo(other.severity()) >= 0 ? one : other));
    }

    /** By engine, then name. */
    static List<ContainerStatus> of(PipelineSnapshot observed) {
        ContainerStatusMapper states =
                new ContainerStatusMapper(observed.snapshot().topology(), observed.findings());
        return observed.inventory().engines().values().stream()
                .flatMap(engine -> engine.containers().values().stream())
                .map(states::of)
                .sorted(ORDER)
                .toList();
    }

    private ContainerStatus of(ContainerFacts facts) {
        String serverId = ProblemCollector.serverId(facts.key());
        Outcome outcome = outcome(facts.key(), serverId);
        boolean served = outcome == Outcome.SERVED || outcome == Outcome.DRAINING;
        Finding finding = worst.get(facts.key());
        return new ContainerStatus(
                facts.key().engineId(),
                facts.key().containerId(),
                PrintableText.of(facts.name()),
                PrintableText.of(facts.image()),
                facts.startedAt(),
                outcome,
                served ? "" : finding == null ? "other" : FindingClassifier.of(finding),
                backendsByServer.getOrDefault(serverId, List.of()));
    }

    private Outcome outcome(ContainerKey key, String serverId) {
        ServerState state = states.get(serverId);
        if (state != null) {
            return state == ServerState.DRAINING ? Outcome.DRAINING : Outcome.SERVED;
        }
        Finding finding = worst.get(key);
        // A container that has just come, and no look has seen yet, has neither.
        Severity severity = finding == null ? Severity.STARTING : finding.severity();
        return switch (severity) {
            case NOT_ADDRESSED -> Outcome.NOT_ADDRESSED;
            case WAITING -> Outcome.WAITING;
            case LEFT_OUT -> Outcome.LEFT_OUT;
            case STARTING, IGNORED, CHOICE -> Outcome.STARTING;
        };
    }
}
