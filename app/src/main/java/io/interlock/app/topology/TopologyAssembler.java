package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineView;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.Finding.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is to be served, in two stages: what each container means by itself, then which containers share a name.
 * The result depends on the arguments alone; what earlier calls found out only saves the work of finding it out again.
 * Confined to one thread.
 */
public final class TopologyAssembler {

    private Map<ContainerKey, Known> knownContainers = Map.of();
    private Map<List<Candidate>, Group> knownGroups = Map.of();

    private record Known(Interpreter.Input input, Interpretation interpretation) {}

    /**
     * What is to be served. Never fails because of what a container says.
     *
     * @param inventory what all engines are known to run
     * @param warmedUp the runs of containers that have answered a request; one that asks for it is not served before
     */
    public Assembly assemble(InventorySnapshot inventory, Set<WarmUp.Run> warmedUp) {
        knownContainers = interpret(inventory);
        List<Finding> findings = new ArrayList<>();
        List<Candidate> ready = new ArrayList<>();
        List<WarmUp> warmUps = new ArrayList<>();
        for (Known known : knownContainers.values()) {
            findings.addAll(known.interpretation().findings());
            Optional<Candidate> candidate = known.interpretation().candidate();
            if (candidate.isEmpty()) {
                continue;
            }
            if (candidate.get().settings().warm()
                    && !warmedUp.contains(candidate.get().run())) {
                keepCold(candidate.get(), findings, warmUps);
            } else {
                ready.add(candidate.get());
            }
        }
        knownGroups = group(ready);
        knownGroups.values().forEach(group -> findings.addAll(group.findings()));
        return new Assembly(
                topology(knownGroups.values()),
                findings.stream().sorted().toList(),
                warmUps.stream().sorted().toList());
    }

    private Map<ContainerKey, Known> interpret(InventorySnapshot inventory) {
        boolean severalEngines = inventory.engines().size() > 1;
        Map<ContainerKey, Known> interpreted = new HashMap<>();
        for (EngineView engine : inventory.engines().values()) {
            for (ContainerFacts facts : engine.containers().values()) {
                Interpreter.Input input =
                        new Interpreter.Input(facts, networkOwner(facts, engine), engine.vantage(), severalEngines);
                Known known = knownContainers.get(facts.key());
                boolean same = known != null && known.input().equals(input);
                interpreted.put(facts.key(), same ? known : new Known(input, Interpreter.interpret(input)));
            }
        }
        return interpreted;
    }

    private static Optional<ContainerFacts> networkOwner(ContainerFacts facts, EngineView engine) {
        return NetworkMode.of(facts) instanceof NetworkMode.OfContainer other
                ? Optional.ofNullable(engine.containers().get(other.containerId()))
                : Optional.of(facts);
    }

    private static void keepCold(Candidate candidate, List<Finding> findings, List<WarmUp> warmUps) {
        boolean stopping = candidate.server().state() == ServerState.DRAINING;
        if (!stopping) {
            warmUps.add(candidate.warmUp());
        }
        findings.add(new Finding(
                Severity.WAITING,
                candidate.key(),
                candidate.containerName(),
                Field.WARM.key(),
                "true",
                stopping ? "stops before it was warmed; not served" : "is being warmed; not served until it answers"));
    }

    /** Names with the same claimants, by those claimants. */
    private Map<List<Candidate>, Group> group(List<Candidate> ready) {
        Map<HostName, List<Candidate>> claimants = new HashMap<>();
        ready.stream()
                .sorted()
                .forEach(candidate -> candidate
                        .names()
                        .all()
                        .forEach(name -> claimants
                                .computeIfAbsent(name, any -> new ArrayList<>(1))
                                .add(candidate)));
        Map<List<Candidate>, List<HostName>> names = new HashMap<>();
        claimants.forEach((name, all) ->
                names.computeIfAbsent(all, any -> new ArrayList<>(1)).add(name));
        Map<List<Candidate>, Group> groups = new HashMap<>();
        names.forEach((all, shared) ->
                groups.put(all, groupOf(shared.stream().sorted().toList(), all)));
        return groups;
    }

    private Group groupOf(List<HostName> names, List<Candidate> claimants) {
        Group known = knownGroups.get(claimants);
        return known != null && known.names().equals(names) ? known : Group.of(names, claimants);
    }

    private static Topology topology(Collection<Group> groups) {
        return new Topology(
                groups.stream().map(Group::virtualHost).toList(),
                groups.stream().map(Group::backend).toList());
    }
}
