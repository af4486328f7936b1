package io.interlock.app.readiness;

import io.interlock.api.topology.ServerState;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.CandidateUpdate;
import io.interlock.app.topology.InterpretationUpdate;
import io.interlock.app.topology.InterpretedContainer;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Passes a container on to the topology once it is ready, with all its routes or not at all, and has the others probed.
 * The cost depends on the change alone: it processes only containers that changed or wait. Confined to one thread;
 * after an exception the gate must not be used again.
 */
public final class ReadinessGate {

    private final ReadinessProbes probes;
    private final Map<ContainerKey, InterpretedContainer> containers = new HashMap<>();
    private final TreeMap<ContainerKey, InterpretedContainer> waiting = new TreeMap<>();
    private final Map<ContainerKey, List<ServerCandidate>> served = new HashMap<>();
    /** Most containers have no finding. */
    private final TreeMap<ContainerKey, List<Finding>> findingsByContainer = new TreeMap<>();

    private List<Finding> findings = List.of();
    private boolean findingsChanged;

    public ReadinessGate(ReadinessProbes probes) {
        this.probes = probes;
    }

    /** Applies the changes of containers and the results of probes. */
    public CandidateUpdate update(InterpretationUpdate update) {
        Set<ServerCandidate> removed = new HashSet<>();
        List<ServerCandidate> added = new ArrayList<>();
        update.changed().forEach((key, now) -> replace(key, now, removed, added));
        List<InterpretedContainer> ready = waiting.values().stream()
                .filter(container ->
                        !update.changed().containsKey(container.run().container()))
                .filter(this::isReady)
                .toList();
        ready.forEach(container -> replace(container.run().container(), Optional.of(container), removed, added));
        probes.probe(targets(), this::isRunning);
        return new CandidateUpdate(removed, added, findings());
    }

    /**
     * Counts the containers as ready where they are reached at present, because a proxy serves them already.
     *
     * @param update containers as an earlier controller knew them
     * @param served the containers that were ready then
     */
    public void restore(InterpretationUpdate update, Set<ContainerKey> served) {
        update.changed().forEach((key, container) -> {
            if (served.contains(key)) {
                container.stream()
                        .flatMap(known -> known.candidates().stream())
                        .map(ProbeTarget::of)
                        .forEach(probes::restore);
            }
        });
    }

    /** Returns the targets of current probes, as of the last update; one container may have several targets. */
    public List<ProbeTarget> targets() {
        return waiting.values().stream()
                .flatMap(container -> container.candidates().stream())
                .filter(candidate -> !isStopping(candidate))
                .map(ProbeTarget::of)
                .distinct()
                .toList();
    }

    private boolean isRunning(ContainerRun run) {
        InterpretedContainer container = containers.get(run.container());
        return container != null && container.run().equals(run);
    }

    private void replace(
            ContainerKey key,
            Optional<InterpretedContainer> now,
            Set<ServerCandidate> removed,
            List<ServerCandidate> added) {
        List<ServerCandidate> servedBefore = served.getOrDefault(key, List.of());
        waiting.remove(key);
        served.remove(key);
        if (now.isPresent()) {
            InterpretedContainer container = now.get();
            containers.put(key, container);
            if (isReady(container)) {
                served.put(
                        key,
                        container.candidates().stream()
                                .map(this::atReadyEndpoint)
                                .toList());
            } else {
                waiting.put(key, container);
            }
            tell(key, findings(container));
        } else {
            containers.remove(key);
            tell(key, List.of());
        }
        List<ServerCandidate> servedNow = served.getOrDefault(key, List.of());
        if (!servedNow.equals(servedBefore)) {
            removed.addAll(servedBefore);
            added.addAll(servedNow);
        }
    }

    private boolean isReady(InterpretedContainer container) {
        return container.candidates().stream().allMatch(this::isReady);
    }

    private boolean isReady(ServerCandidate candidate) {
        return probes.ready(ProbeTarget.of(candidate)).isPresent();
    }

    private ServerCandidate atReadyEndpoint(ServerCandidate candidate) {
        return candidate.at(probes.ready(ProbeTarget.of(candidate)).orElseThrow());
    }

    private void tell(ContainerKey key, List<Finding> now) {
        List<Finding> before = now.isEmpty() ? findingsByContainer.remove(key) : findingsByContainer.put(key, now);
        findingsChanged |= !now.equals(before == null ? List.of() : before);
    }

    private List<Finding> findings() {
        if (findingsChanged) {
            findings =
                    findingsByContainer.values().stream().flatMap(List::stream).toList();
            findingsChanged = false;
        }
        return findings;
    }

    private List<Finding> findings(InterpretedContainer container) {
        List<Finding> ofReadiness = container.candidates().stream()
                .flatMap(candidate -> probes
                        .ready(ProbeTarget.of(candidate))
                        .map(ready -> EndpointChoiceText.finding(candidate, ready))
                        .orElseGet(() -> Optional.of(finding(candidate)))
                        .stream())
                .distinct()
                .toList();
        return ofReadiness.isEmpty()
                ? container.findings()
                : Stream.concat(container.findings().stream(), ofReadiness.stream())
                        .sorted()
                        .toList();
    }

    private static boolean isStopping(ServerCandidate candidate) {
        return candidate.server().state() == ServerState.DRAINING;
    }

    private static Finding finding(ServerCandidate candidate) {
        boolean warm = candidate.warm();
        return new Finding(
                warm ? Severity.WAITING : Severity.STARTING,
                candidate.key(),
                candidate.containerName(),
                warm ? ContainerField.WARM.key() : ContainerField.PORT.key(),
                warm ? "true" : Integer.toString(candidate.server().port()),
                text(candidate, warm));
    }

    private static FindingText text(ServerCandidate candidate, boolean warm) {
        if (isStopping(candidate)) {
            return FindingText.notServed("stops before it was " + (warm ? "warmed" : "seen to listen"));
        }
        return warm
                ? FindingText.of("is being warmed", "not served until it answers")
                : FindingText.of(
                        "nothing has been seen to listen there yet, at "
                                + ProbeTarget.of(candidate).addresses(),
                        "not served until something does");
    }
}
