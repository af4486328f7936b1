package io.interlock.bench.chaos;

import static org.awaitility.Awaitility.await;

import io.interlock.bench.process.Footprint;
import io.interlock.systemtests.support.Engine;
import io.interlock.systemtests.support.EngineProxy;
import io.interlock.systemtests.support.Http;
import io.interlock.systemtests.support.InterlockProcess;
import io.interlock.systemtests.support.LoadClient;
import io.interlock.systemtests.support.LoadResult;
import io.interlock.systemtests.support.Names;
import io.interlock.systemtests.support.OwnEngine;
import io.interlock.systemtests.support.Processes;
import io.interlock.systemtests.support.SampleContainer;
import io.interlock.systemtests.support.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Two real engines, one of them reached by a wire that can go bad, the other one of our own; a pool of containers on each; an
 * Interlock that serves both, and load on both. Whatever happens, each pool has containers that live and can be reached, so
 * every request has to succeed: those containers that are killed or replaced write an answer whole.
 */
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int POOL = 3;
    private static final int CONNECTIONS = 2;

    private final Random random;
    private final Engine engine = Engine.connect();
    private final EngineProxy wire;
    private final OwnEngine own;
    private final Settings settings;
    private final String host = Names.newHost();
    private final String hostOnOwn = Names.newHost();
    private final Deque<SampleContainer> pool = new ArrayDeque<>();
    private final List<LoadClient> loads = new ArrayList<>();
    private InterlockProcess interlock;

    /** Sets it, and waits until all is served. */
    Scene(Random random) throws IOException {
        this.random = random;
        this.wire = EngineProxy.inFrontOf(engine);
        this.own = OwnEngine.start("--live-restore");
        for (int i = 0; i < POOL; i++) {
            pool.add(engine.backend().hostname(host).start());
            String unused = own.runSampleInHostsNetwork(hostOnOwn);
        }
        this.settings = Settings.inNewFolder().engine("wire", wire.address()).engine("own", own.address());
        this.interlock = InterlockProcess.start(settings);
        awaitServed(host);
        awaitServed(hostOnOwn);
        for (String name : List.of(host, hostOnOwn)) {
            loads.add(LoadClient.onKeptConnections(CONNECTIONS, interlock.port(), name));
        }
    }

    /** All that can happen. */
    static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault("an engine is killed and started again", scene -> {
                    scene.own.kill();
                    scene.pause();
                    scene.own.startAgain();
                }),
                new Fault("an engine is stopped and started again", scene -> {
                    scene.own.stop();
                    scene.pause();
                    scene.own.startAgain();
                }),
                new Fault("an engine hangs", scene -> {
                    scene.own.freeze();
                    scene.pause();
                    scene.own.thaw();
                }),
                new Fault("a container is killed", Scene::killOne),
                new Fault("containers are replaced, one after the other", Scene::roll),
                new Fault("a container ends as soon as it is started, again and again", Scene::crashLoop),
                new Fault("Interlock is killed and started again", Scene::killInterlock)));
        for (EngineProxy.Fault bad : EngineProxy.Fault.values()) {
            if (bad != EngineProxy.Fault.NONE) {
                faults.add(new Fault("the way to an engine: " + bad, scene -> {
                    scene.wire.suffer(bad);
                    scene.pause();
                    scene.wire.suffer(EngineProxy.Fault.NONE);
                }));
            }
        }
        return faults;
    }

    private void pause() {
        LockSupport.parkNanos(Duration.ofMillis(1000 + random.nextInt(19_000)).toNanos());
    }

    private void killOne() {
        pool.remove().kill();
        pool.add(engine.backend().hostname(host).start());
    }

    private void roll() {
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
                .until(() ->
                        Http.get(interlock.port(), host, "/name").body().strip().equals(name));
    }

    private void crashLoop() throws IOException {
        String name = Engine.uniqueName("crash");
        docker("run", "-d", "--restart", "always", "--name", name, "-h", hostOnOwn, "-P", "interlock/sample", "false");
        pause();
        docker("rm", "-f", name);
    }

    private void docker(String... arguments) throws IOException {
        String unused = own.docker(arguments);
    }

    private void killInterlock() throws IOException, InterruptedException {
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
                .until(() -> Http.get(interlock.port(), name, "/name").status() == 200);
    }

    /** What Interlock and its HAProxy occupy. */
    String occupied() throws IOException {
        Footprint controller = Footprint.of(List.of(interlock.pid()));
        Footprint proxy = Footprint.of(Processes.mentioning(settings.folder().toString()).stream()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != interlock.pid())
                .toList());
        return "Interlock %s, HAProxy %s".formatted(controller, proxy);
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
        own.close();
        engine.close();
    }
}
