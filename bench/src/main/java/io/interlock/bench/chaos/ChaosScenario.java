package io.interlock.bench.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.interlock.bench.process.ProcessFootprint;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.EventStorm;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Two real engines, of which one is reached over a connection that can fail and the other is the scenario's own, and a
 * swarm; a pool of containers on each; an Interlock that serves all of them; and load on all of them. Every request
 * must succeed, because each pool always has containers that run and can be reached. Containers that are killed or
 * replaced write each answer in one piece.
 */
final class ChaosScenario implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int POOL = 3;
    private static final int CONNECTIONS = 2;

    private final LocalEngine engine = LocalEngine.connect();
    private final EngineProxy wire;
    private final NamespaceEngine own;
    private final ChaosSwarmService service;
    private final ConfigFileBuilder settings;
    private final String host = UniqueHostNames.newHost();
    private final String hostOnOwn = UniqueHostNames.newHost();
    private final Deque<SampleContainer> pool = new ArrayDeque<>();
    private final List<HttpLoadClient> loads = new ArrayList<>();
    private volatile InterlockProcess interlock;

    /** Starts everything, and waits until all containers are served. */
    ChaosScenario() throws IOException {
        this.wire = EngineProxy.inFrontOf(engine);
        this.own = NamespaceEngine.start("--live-restore");
        this.service = ChaosSwarmService.start();
        for (int i = 0; i < POOL; i++) {
            pool.add(engine.backend().hostname(host).start());
            String unused = own.runSampleInHostsNetwork(hostOnOwn);
        }
        List<String> managers = service.addresses();
        this.settings = ConfigFileBuilder.inNewFolder()
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
            loads.add(HttpLoadClient.onKeptConnections(CONNECTIONS, interlock.port(), name));
        }
    }

    /** The engine that the scenario has started itself. */
    NamespaceEngine own() {
        return own;
    }

    /** The connection to the other engine. */
    EngineProxy wire() {
        return wire;
    }

    /** The service of the swarm. */
    ChaosSwarmService service() {
        return service;
    }

    /** Kills a container without warning; another one is started instead. */
    void killOne() {
        pool.remove().kill();
        pool.add(engine.backend().hostname(host).start());
    }

    /** Replaces the containers one after the other, each when its successor answers. */
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

    /** Runs an action beside a container that ends as soon as it is started. */
    void crashLoop(Runnable meanwhile) throws IOException {
        String name = LocalEngine.uniqueName("crash");
        docker("run", "-d", "--restart", "always", "--name", name, "-h", hostOnOwn, "-P", "interlock/sample", "false");
        meanwhile.run();
        docker("rm", "-f", name);
    }

    /** Runs an action beside containers that are renamed again and again. */
    void storm(Runnable meanwhile) throws IOException {
        List<String> names =
                List.of(own.runSample(UniqueHostNames.newHost()), own.runSample(UniqueHostNames.newHost()));
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

    /** Kills Interlock and starts it again. */
    void killInterlock() throws IOException, InterruptedException {
        SystemProcesses.run("kill", "-KILL", Long.toString(interlock.pid()));
        int unused = interlock.awaitExit();
        interlock = InterlockProcess.start(settings);
    }

    /** Waits until a container that is started now on either engine is served: the fault has no remaining effect. */
    void awaitRecovery() throws IOException {
        String later = UniqueHostNames.newHost();
        String laterOnOwn = UniqueHostNames.newHost();
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

    /** The resources of Interlock. */
    ProcessFootprint controller() {
        return ProcessFootprint.of(List.of(interlock.pid()));
    }

    /** The resources of its HAProxy, in all its processes. */
    ProcessFootprint proxy() throws IOException {
        return ProcessFootprint.of(SystemProcesses.mentioning(settings.folder().toString()).stream()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != interlock.pid())
                .toList());
    }

    /** Ends the load, and returns its results. */
    List<HttpLoadResult> results() {
        List<HttpLoadResult> results = loads.stream().map(HttpLoadClient::stop).toList();
        loads.clear();
        return results;
    }

    @Override
    public void close() throws IOException {
        loads.forEach(HttpLoadClient::close);
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
