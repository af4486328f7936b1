package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.files.LoadedConfigStore;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.peers.PeerSyncClient;
import io.interlock.haproxy.plan.ApplyPlan;
import io.interlock.haproxy.plan.LoadedConfig;
import io.interlock.haproxy.plan.ObservedState;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.haproxy.plan.RunState;
import io.interlock.haproxy.plan.RuntimeStep;
import io.interlock.haproxy.plan.StateReconstructor;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.StepExecutor;
import io.interlock.haproxy.supervise.HaproxyInstance;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HAProxy together with what is known about its state. Confined to one thread unless a method states otherwise. */
public final class HaproxyDriver implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /** Maximum number of leftovers that one sweep tries to remove. */
    private static final int MOST_SWEPT = 50;

    /** An HAProxy that has just started asks for counters as soon as it gets CPU time. */
    private static final Duration FIRST_QUESTION = Duration.ofSeconds(5);

    /** An HAProxy that runs asks only if an earlier controller ended before it could answer. */
    private static final Duration LATE_QUESTION = Duration.ofMillis(200);

    private final HaproxyInstance haproxy;
    private final StepExecutor changes;
    private final LoadedConfigStore record;
    private final Optional<PeerSyncClient> peer;
    private final boolean runtime;
    private @Nullable WorkerState known;
    /** The last known state, kept after the state became unknown. */
    private @Nullable ProxyState lastServed;

    private volatile Map<String, String> places = Map.of();

    private record WorkerState(long worker, ProxyState served) {}

    /**
     * @param peer a peer of an HAProxy that waits for one after its start
     * @param runtime whether HAProxy can be changed and queried at run time
     */
    public HaproxyDriver(HaproxyInstance haproxy, HaproxyPaths layout, Optional<PeerSyncClient> peer, boolean runtime) {
        this.haproxy = haproxy;
        this.changes = new StepExecutor(haproxy.runtimeApi(), layout);
        this.record = new LoadedConfigStore(layout.loaded());
        this.peer = peer;
        this.runtime = runtime;
    }

    /** Whether an HAProxy runs that an earlier controller or another program has started. */
    boolean isLeftRunning() throws InterruptedException {
        return haproxy.isLeftRunning();
    }

    /** The current knowledge about HAProxy. */
    RunState running() throws InterruptedException {
        if (!haproxy.runs()) {
            known = null;
            places = Map.of();
            return new RunState.Stopped();
        }
        Optional<String> damage = haproxy.damage();
        if (damage.isPresent()) {
            return new RunState.Damaged(damage.get());
        }
        return known == null
                ? new RunState.Unknown("it is not known what HAProxy serves")
                : new RunState.Known(known.served());
    }

    /** Whether HAProxy can be changed without a reload. */
    boolean changesAtRuntime() {
        return runtime;
    }

    /** Why HAProxy could not listen at the port; empty if it already listens there, or if no obstacle is known. */
    Optional<String> obstacleAt(int port) {
        return known != null && known.served().listensAt(port) ? Optional.empty() : haproxy.obstacleAt(port);
    }

    /**
     * Determines the state of a running HAProxy about which nothing is known.
     *
     * @param desired the state that HAProxy probably has
     */
    RunState recognize(RenderedConfig desired) throws InterruptedException {
        Optional<HaproxyWorker> worker = worker();
        if (worker.isEmpty()) {
            return new RunState.Unknown("HAProxy does not say what it serves");
        }
        Optional<ProxyState> found = runtime
                ? reconstruct(worker.get(), desired)
                : Optional.of(desired.initialState())
                        .filter(same -> worker.get().serves(desired.revision()));
        if (found.isEmpty()) {
            return new RunState.Unknown("HAProxy serves something else");
        }
        sync(LATE_QUESTION);
        know(worker.get(), found.get());
        List<String> differences = verify();
        return differences.isEmpty()
                ? new RunState.Known(served())
                : new RunState.Unknown(String.join("; ", differences));
    }

    /**
     * The configuration that the worker proves to have loaded: the record of the previous controller, or the
     * configuration that this controller has written since.
     */
    private Optional<LoadedConfig> loaded(HaproxyWorker worker, RenderedConfig desired) {
        Optional<LoadedConfig> noted = record.read().filter(last -> worker.serves(last.revision()));
        if (noted.isPresent() || !worker.serves(desired.revision())) {
            return noted;
        }
        record.recordLoaded(desired);
        return Optional.of(desired.loaded());
    }

    private Optional<ProxyState> reconstruct(HaproxyWorker worker, RenderedConfig desired) throws InterruptedException {
        Optional<LoadedConfig> loaded = loaded(worker, desired);
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        try {
            ObservedState actual = changes.read(worker.pid(), loaded.get().initialState());
            return StateReconstructor.of(loaded.get(), actual, desired.desired());
        } catch (IOException e) {
            log.warn("HAProxy does not say what it has: {}", ErrorMessages.reason(e));
            return Optional.empty();
        }
    }

    /**
     * Starts HAProxy with the configuration, or reloads it if it runs.
     *
     * @param reason of the reload, if HAProxy runs
     */
    void load(RenderedConfig desired, ReloadReason reason) throws HaproxyException, InterruptedException {
        Map<String, String> moved = lastServed == null ? Map.of() : lastServed.moved();
        boolean again = haproxy.runs();
        HaproxyWorker worker = again ? haproxy.reload(desired, moved, reason) : haproxy.start(desired);
        if (!again) {
            sync(FIRST_QUESTION);
        }
        know(worker, desired.initialState());
        if (runtime) {
            record.recordLoaded(desired);
        }
    }

    private void sync(Duration timeout) throws InterruptedException {
        if (peer.isPresent()) {
            peer.get().answer(timeout);
        }
    }

    /** Executes the plan, and returns the remaining differences, for messages. */
    List<String> change(ApplyPlan.Steps plan, DesiredConfig desired) throws InterruptedException {
        record.recordAdditions(plan.steps());
        return attempt(now -> changes.execute(now.worker(), now.served(), plan, desired));
    }

    /** Compares the complete state of HAProxy with the known one, and returns the differences, for messages. */
    List<String> verify() throws InterruptedException {
        return attempt(now -> runtime ? changes.verify(now.worker(), now.served()) : verifyWorker(now.worker()));
    }

    /**
     * Tries again to remove servers that still had connections, and deletes backends without servers that were added. Returns the
     * failures, for messages.
     */
    List<String> sweep() throws InterruptedException {
        List<String> differences = sweepServers();
        List<String> deletable = differences.isEmpty()
                ? served().deletable().stream().limit(MOST_SWEPT).toList()
                : List.of();
        return deletable.isEmpty()
                ? differences
                : attempt(now -> {
                    changes.delete(now.worker(), now.served(), deletable);
                    return List.of();
                });
    }

    private List<String> sweepServers() throws InterruptedException {
        List<RuntimeStep.RemoveServer> steps = served().leftovers().stream()
                .limit(MOST_SWEPT)
                .map(key -> new RuntimeStep.RemoveServer(key.place(), key.server()))
                .toList();
        return steps.isEmpty() ? List.of() : attempt(now -> changes.sweep(now.worker(), now.served(), steps));
    }

    /** The last known place of each backend, by its name; empty if HAProxy does not run. Safe for use by any thread. */
    public Map<String, String> places() {
        return places;
    }

    /** The known state of HAProxy. */
    ProxyState served() {
        return now().served();
    }

    /** HAProxy's files. */
    ConfigStore files() {
        return haproxy.files();
    }

    /** Leaves HAProxy running for the next controller. */
    void handOver() {
        haproxy.handOver();
    }

    @Override
    public void close() {
        haproxy.close();
    }

    private interface Attempt {
        List<String> on(WorkerState now) throws IOException, InterruptedException;
    }

    /** Runs the attempt. After any unexpected result, the state of HAProxy is no longer known. */
    private List<String> attempt(Attempt attempt) throws InterruptedException {
        WorkerState now = now();
        // If the attempt is interrupted, it is not known which commands HAProxy received.
        known = null;
        List<String> differences;
        try {
            differences = attempt.on(now);
        } catch (IOException e) {
            differences = List.of(ErrorMessages.reason(e));
        }
        if (differences.isEmpty()) {
            know(now);
        }
        return differences;
    }

    private List<String> verifyWorker(long worker) throws InterruptedException {
        return worker().filter(now -> now.pid() == worker).isPresent() ? List.of() : List.of("another worker serves");
    }

    private Optional<HaproxyWorker> worker() throws InterruptedException {
        try {
            return Optional.of(haproxy.runtimeApi().worker());
        } catch (IOException e) {
            log.warn("HAProxy does not answer: {}", ErrorMessages.reason(e));
            return Optional.empty();
        }
    }

    private void know(HaproxyWorker worker, ProxyState served) {
        know(new WorkerState(worker.pid(), served));
    }

    private void know(WorkerState now) {
        known = now;
        lastServed = now.served();
        places = now.served().places();
    }

    private WorkerState now() {
        if (known == null) {
            throw new IllegalStateException("it is not known what HAProxy serves");
        }
        return known;
    }
}
