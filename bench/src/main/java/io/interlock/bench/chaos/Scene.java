package io.interlock.bench.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.interlock.bench.process.Footprint;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.Settings;
import io.interlock.testsupport.engine.Engine;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.EventStorm;
import io.interlock.testsupport.engine.Names;
import io.interlock.testsupport.engine.OwnEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.LoadClient;
import io.interlock.testsupport.network.LoadResult;
import io.interlock.testsupport.process.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Two real engines, one of them reached by a wire that can go bad, the other one of our own, and a swarm; a pool of containers on
 * each; an Interlock that serves all, and load on all. Whatever happens, each pool has containers that live and can be reached, so
 * every request has to succeed: those containers that are killed or replaced write an answer whole.
 */
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int POOL = 3;
    private static final int CONNECTIONS = 2;

    private final Engine engine = Engine.connect();
    private final EngineProxy wire;
    private final OwnEngine own;
    private final Service service;
    private final Settings settings;
    private final String host = Names.newHost();
    private final String hostOnOwn = Names.newHost();
    private final Deque<SampleContainer> pool = new ArrayDeque<>();
    private final List<LoadClient> loads = new ArrayList<>();
    private volatile InterlockProcess interlock;

    /** Sets it, and waits until all is served. */
    Scene() throws IOException {
        this.wire = EngineProxy.inFrontOf(engine);
        this.own = OwnEngine.start("--live-restore");
        this.service = Service.start();
        for (int i = 0; i < POOL; i++) {
            pool.add(engine.backend().hostname(host).start());
            String unused = own.runSampleInHostsNetwork(hostOnOwn);
        }
        List<String> managers = service.addresses();
        this.settings = Settings.inNewFolder()
                .engine("wire", wire.address())
                .engine("own", own.address())
                .engine("swarm", managers.getFirst())
                .with(file -> {
                    ArrayNode others = file.at("/engines/2/engine")
                            .withObject("")
                            .put("mode", "swarm")
                            .putArray("managers");
                    managers.subList(1, managers.size()).forEach(others::add);
                });
        this.interlock = InterlockProcess.start(settings);
        awaitServed(host);
        awaitServed(hostOnOwn);
        awaitServed(service.host());
        for (String name : List.of(host, hostOnOwn, service.host())) {
            loads.add(LoadClient.onKeptConnections(CONNECTIONS, interlock.port(), name));
        }
    }

    /** An engine of its own. */
    OwnEngine own() {
        return own;
    }

    /** The way to the other engine. */
    EngineProxy wire() {
        return wire;
    }

    /** Of a swarm. */
    Service service() {
        return service;
    }

    /** Without warning; another one is started instead. */
    void killOne() {
        pool.remove().kill();
        pool.add(engine.backend().hostname(host).start());
    }

    /** One after the other, each when its successor answers. */
    void roll() {
        for (int i = 0; i < POOL; i++) {
            SampleContainer next = engine.backend().hostname(host).start();
            awaitAnswer(next.name());
            pool.add(next);
            pool.remove().stop();
        }
    }

    private void awaitAnswer(String name) {
        await(name + " answers")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> HttpConnection.get(interlock.port(), host, "/name")
                        .body()
                        .strip()
                        .equals(name));
    }

    /** With a container that ends as soon as it is started. */
    void crashLoop(Runnable meanwhile) throws IOException {
        String name = Engine.uniqueName("crash");
        docker("run", "-d", "--restart", "always", "--name", name, "-h", hostOnOwn, "-P", "interlock/sample", "false");
        meanwhile.run();
        docker("rm", "-f", name);
    }

    /** With containers that are renamed again and again. */
    void storm(Runnable meanwhile) throws IOException {
        List<String> names = List.of(own.runSample(Names.newHost()), own.runSample(Names.newHost()));
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(own.docker("inspect", "--format", "{{.Id}}", name).strip());
        }
        EventStorm storm = EventStorm.of(own.address(), names);
        meanwhile.run();
        storm.close();
        for (String id : ids) {
            docker("rm", "-f", id);
        }
    }

    private void docker(String... arguments) throws IOException {
        String unused = own.docker(arguments);
    }

    /** And starts it again. */
    void killInterlock() throws IOException, InterruptedException {
        Processes.run("kill", "-KILL", Long.toString(interlock.pid()));
        int unused = interlock.awaitExit();
        interlock = InterlockProcess.start(settings);
    }

    /** Waits until what is started now on either engine is served: nothing of the fault is left. */
    void awaitCalm() throws IOException {
        String later = Names.newHost();
        String laterOnOwn = Names.newHost();
        SampleContainer container = engine.sample().hostname(later).start();
        String name = own.runSample(laterOnOwn);
        awaitServed(later);
        awaitServed(laterOnOwn);
        container.remove();
        String unused = own.docker("rm", "-f", name);
    }

    private void awaitServed(String name) {
        await(name + " is served")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> HttpConnection.get(interlock.port(), name, "/name").status() == 200);
    }

    /** What Interlock occupies. */
    Footprint controller() {
        return Footprint.of(List.of(interlock.pid()));
    }

    /** What its HAProxy occupies, in all its processes. */
    Footprint proxy() throws IOException {
        return Footprint.of(Processes.mentioning(settings.folder().toString()).stream()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != interlock.pid())
                .toList());
    }

    /** Ends the load, and says what became of it. */
    List<LoadResult> results() {
        List<LoadResult> results = loads.stream().map(LoadClient::stop).toList();
        loads.clear();
        return results;
    }

    @Override
    public void close() throws IOException {
        loads.forEach(LoadClient::close);
        try {
            int unused = interlock.stop();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        interlock.assertNothingLeft();
        interlock.close();
        wire.close();
        service.close();
        own.close();
        engine.close();
    }
}
