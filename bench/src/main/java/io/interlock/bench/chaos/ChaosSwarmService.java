package io.interlock.bench.chaos;

import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.NamespaceSwarm;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.util.List;

/** Service of a real swarm of three managers. */
final class ChaosSwarmService implements AutoCloseable {

    private static final int NODES = 3;
    private static final int MANY = 8;

    private final NamespaceSwarm swarm;
    private final String name = LocalEngine.uniqueName("service");
    private final String host = UniqueHostNames.newHost();

    private ChaosSwarmService(NamespaceSwarm swarm) {
        this.swarm = swarm;
    }

    /** Starts the swarm and the service, with a task for each node. */
    static ChaosSwarmService start() throws IOException {
        ChaosSwarmService service = new ChaosSwarmService(NamespaceSwarm.start(NODES));
        service.swarm.createService(
                0,
                service.name,
                "--replicas",
                Integer.toString(NODES),
                "--stop-grace-period",
                "3s",
                "--label",
                "interlock.hostname=" + service.host);
        service.swarm.awaitRunning(0, service.name, NODES);
        return service;
    }

    /** The host name of the service. */
    String host() {
        return host;
    }

    /** The addresses of all managers. */
    List<String> addresses() {
        return swarm.engines().stream().map(NamespaceEngine::address).toList();
    }

    /** Replaces all tasks, one after the other. */
    void roll() throws IOException {
        String unused = swarm.engine(0).docker("service", "update", "--force", "--quiet", name);
    }

    /** Adds tasks, and removes them again. */
    void scale() throws IOException {
        scale(MANY);
        scale(NODES);
    }

    private void scale(int replicas) throws IOException {
        String unused = swarm.engine(0).docker("service", "scale", "--detach", name + "=" + replicas);
        swarm.awaitRunning(0, name, replicas);
    }

    /** Freezes the engine of the leading manager during an action, and waits until the swarm has recovered. */
    void withoutLeader(Runnable meanwhile) throws IOException {
        NamespaceEngine leader = swarm.leader();
        leader.freeze();
        meanwhile.run();
        leader.thaw();
        swarm.awaitAllNodes();
        swarm.awaitRunning(0, name, NODES);
    }

    @Override
    public void close() throws IOException {
        swarm.close();
    }
}
