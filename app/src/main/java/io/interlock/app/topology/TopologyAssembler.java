package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.inventory.InventorySnapshot;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides what is to be served, in two stages: what each container means by itself, then which containers share a name.
 * The result depends on the arguments alone; what earlier calls found out only saves the work of finding it out again.
 * Confined to one thread.
 */
public final class TopologyAssembler {

    private final Terms terms;
    private Containers containers;
    private Claims claims = new Claims();
    private Groups groups = new Groups();

    /** One for operators who allow nothing special. */
    public TopologyAssembler() {
        this(Terms.DEFAULT);
    }

    /**
     * @param terms what the operator lets containers have
     */
    public TopologyAssembler(Terms terms) {
        this.terms = terms;
        this.containers = new Containers(terms);
    }

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
            groups.change(claims.change(changes.gone(), changes.come()));
            Assembly assembly = assembly(groups.topology());
            done = true;
            return assembly;
        } finally {
            if (!done) {
                // Half a change must not become what the next call builds upon.
                containers = new Containers(terms);
                claims = new Claims();
                groups = new Groups();
            }
        }
    }

    private Assembly assembly(Topology topology) {
        List<Finding> ofContainers = containers.findings();
        List<Finding> ofGroups = groups.findings();
        List<Finding> all = ofGroups.isEmpty()
                ? ofContainers
                : Stream.concat(ofContainers.stream(), ofGroups.stream())
                        .sorted()
                        .toList();
        return new Assembly(topology, all, containers.warmUps());
    }
}
