package io.interlock.app.topology;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Topology;
import io.interlock.app.inventory.InventorySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Decides what is to be served, in two stages: what each container means by itself, then which containers share a name.
 * The result depends on the arguments alone; what earlier calls found out only saves the work of finding it out again.
 * Confined to one thread.
 */
public final class TopologyAssembler {

    private Containers containers = new Containers();
    private Claims claims = new Claims();

    /**
     * What is to be served. Never fails because of what a container says.
     *
     * @param inventory what all engines are known to run
     * @param admission knows who has been heard of; a container is not served before
     */
    public Assembly assemble(InventorySnapshot inventory, Admission admission) {
        boolean done = false;
        try {
            Containers.Changes changes = containers.update(inventory, admission);
            claims.change(changes.gone(), changes.come());
            Assembly assembly = assembly();
            done = true;
            return assembly;
        } finally {
            if (!done) {
                // Half a change must not become what the next call builds upon.
                containers = new Containers();
                claims = new Claims();
            }
        }
    }

    private Assembly assembly() {
        List<Finding> findings = new ArrayList<>();
        List<WarmUp> warmUps = new ArrayList<>();
        containers.noteworthy().forEach(known -> {
            findings.addAll(known.findings());
            warmUps.addAll(known.warmUps());
        });
        Collection<Group> groups = claims.groups();
        List<Backend> backends = new ArrayList<>(groups.size());
        for (Group group : groups) {
            findings.addAll(group.findings());
            backends.add(group.backend());
        }
        Topology topology = new Topology(VirtualHosts.of(groups), backends);
        return new Assembly(topology, findings.stream().sorted().toList(), warmUps);
    }
}
