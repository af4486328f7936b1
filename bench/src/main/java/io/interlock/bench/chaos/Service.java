package io.interlock.bench.chaos;

import io.interlock.testsupport.engine.Engine;
import io.interlock.testsupport.engine.Names;
import io.interlock.testsupport.engine.OwnEngine;
import io.interlock.testsupport.engine.OwnSwarm;
import java.io.IOException;
import java.util.List;

/** A service of a real swarm of three managers. */
final class Service implements AutoCloseable {

    private static final int NODES = 3;
    private static final int MANY = 8;

    private final OwnSwarm swarm;
    private final String name = Engine.uniqueName("service");
    private final String host = Names.newHost();

    private Service(OwnSwarm swarm) {
        this.swarm = swarm;
    }

    /** Starts the swarm and the service, with a task for each node. */
    static Service start() throws IOException {
        Service service = new Service(OwnSwarm.start(NODES));
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

    /** Under which it is served. */
    String host() {
        return host;
    }

    /** Of all managers. */
    List<String> addresses() {
        return swarm.engines().stream().map(OwnEngine::address).toList();
    }

    /** Has all tasks replaced, one after the other. */
    void roll() throws IOException {
        String unused = swarm.engine(0).docker("service", "update", "--force", "--quiet", name);
    }

    /** More tasks, and as many as before again. */
    void scale() throws IOException {
        scale(MANY);
        scale(NODES);
    }

    private void scale(int replicas) throws IOException {
        String unused = swarm.engine(0).docker("service", "scale", "--detach", name + "=" + replicas);
        swarm.awaitRunning(0, name, replicas);
    }

    /** Freezes the engine of the manager that leads while something goes on, and waits until all is well again. */
    void withoutLeader(Runnable meanwhile) throws IOException {
        OwnEngine leader = swarm.leader();
        leader.freeze();
        meanwhile.run();
        leader.thaw();
        swarm.awaitWhole();
        swarm.awaitRunning(0, name, NODES);
    }

    @Override
    public void close() throws IOException {
        swarm.close();
    }
}
