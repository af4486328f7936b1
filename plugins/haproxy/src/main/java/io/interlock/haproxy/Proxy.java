package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.plan.Actual;
import io.interlock.haproxy.plan.Loaded;
import io.interlock.haproxy.plan.Plan;
import io.interlock.haproxy.plan.Reconstruction;
import io.interlock.haproxy.plan.Running;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.Step;
import io.interlock.haproxy.plan.Wanted;
import io.interlock.haproxy.process.ConfigStore;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.process.HaproxyInstance;
import io.interlock.haproxy.process.LoadRecord;
import io.interlock.haproxy.process.RuntimeChange;
import io.interlock.haproxy.process.Worker;
import io.interlock.haproxy.render.Layout;
import io.interlock.haproxy.render.Rendered;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HAProxy, and what is known of it. Confined to one thread, where nothing else is said. */
final class Proxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    /** More leftovers than this are not looked at in one go. */
    private static final int MOST_SWEPT = 50;

    private final HaproxyInstance haproxy;
    private final RuntimeChange changes;
    private final LoadRecord record;
    private final boolean runtime;
    private @Nullable Known known;
    /** Where things were when that was last known. */
    private @Nullable Served lastServed;

    private volatile Map<String, String> places = Map.of();

    private record Known(long worker, Served served) {}

    /**
     * @param runtime whether it can be told of changes, and asked what it has, while it runs
     */
    Proxy(HaproxyInstance haproxy, Layout layout, boolean runtime) {
        this.haproxy = haproxy;
        this.changes = new RuntimeChange(haproxy.runtimeApi(), layout);
        this.record = new LoadRecord(layout.loaded());
        this.runtime = runtime;
    }

    /** What is known of it. */
    Running running() throws InterruptedException {
        if (!haproxy.runs()) {
            known = null;
            places = Map.of();
            return new Running.Stopped();
        }
        Optional<String> damage = haproxy.damage();
        if (damage.isPresent()) {
            return new Running.Damaged(damage.get());
        }
        return known == null
                ? new Running.Unknown("it is not known what HAProxy serves")
                : new Running.Known(known.served());
    }

    /** Why it could not listen at a port; empty: it does, or nothing is known to be in its way. */
    Optional<String> obstacleAt(int port) {
        return known != null && known.served().listensAt(port) ? Optional.empty() : haproxy.obstacleAt(port);
    }

    /**
     * Finds out what a running HAProxy has of which nothing is known.
     *
     * @param wanted what it is likely to have
     */
    Running recognize(Rendered wanted) throws InterruptedException {
        Optional<Worker> worker = worker();
        if (worker.isEmpty()) {
            return new Running.Unknown("HAProxy does not say what it serves");
        }
        Optional<Served> found = runtime
                ? reconstruct(worker.get(), wanted)
                : Optional.of(wanted.served()).filter(same -> worker.get().serves(wanted.revision()));
        if (found.isEmpty()) {
            return new Running.Unknown("HAProxy serves something else");
        }
        know(worker.get(), found.get());
        List<String> differences = verify();
        return differences.isEmpty()
                ? new Running.Known(served())
                : new Running.Unknown(String.join("; ", differences));
    }

    /** What the worker has loaded, as it proves: what the last controller noted, or what this one has written since. */
    private Optional<Loaded> loaded(Worker worker, Rendered wanted) {
        Optional<Loaded> noted = record.read().filter(last -> worker.serves(last.revision()));
        if (noted.isPresent() || !worker.serves(wanted.revision())) {
            return noted;
        }
        record.loaded(wanted);
        return Optional.of(wanted.loaded());
    }

    private Optional<Served> reconstruct(Worker worker, Rendered wanted) throws InterruptedException {
        Optional<Loaded> loaded = loaded(worker, wanted);
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        try {
            Actual actual = changes.read(worker.pid(), loaded.get().served());
            return Reconstruction.of(loaded.get(), actual, wanted.wanted());
        } catch (IOException e) {
            log.warn("HAProxy does not say what it has: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Starts it with this, or makes it load this if it runs.
     *
     * @param reason why, if it runs
     */
    void load(Rendered wanted, ReloadReason reason) throws HaproxyException, InterruptedException {
        Map<String, String> moved = lastServed == null ? Map.of() : lastServed.moved();
        Worker worker = haproxy.runs() ? haproxy.reload(wanted, moved, reason) : haproxy.start(wanted);
        know(worker, wanted.served());
        if (runtime) {
            record.loaded(wanted);
        }
    }

    /** Makes it what the plan leads to; answers with what is not so afterwards, for people. */
    List<String> change(Plan.Steps plan, Wanted wanted) throws InterruptedException {
        record.told(plan.steps());
        return attempt(now -> changes.take(now.worker(), now.served(), plan, wanted));
    }

    /** Compares all that it has with what is known; answers with the differences, for people. */
    List<String> verify() throws InterruptedException {
        return attempt(now -> runtime ? changes.verify(now.worker(), now.served()) : verifyWorker(now.worker()));
    }

    /** Tries again to remove servers that still had connections; answers with what went wrong, for people. */
    List<String> sweep() throws InterruptedException {
        List<Step.RemoveServer> steps = served().leftovers().stream()
                .limit(MOST_SWEPT)
                .map(key -> new Step.RemoveServer(key.place(), key.server()))
                .toList();
        return steps.isEmpty() ? List.of() : attempt(now -> changes.sweep(now.worker(), now.served(), steps));
    }

    /** Where each backend is, by its name, as last known; empty if it does not run. May be called on any thread. */
    Map<String, String> places() {
        return places;
    }

    /** What it has. */
    Served served() {
        return now().served();
    }

    /** Its files. */
    ConfigStore files() {
        return haproxy.files();
    }

    /** Leaves it running for whoever looks for it next. */
    void handOver() {
        haproxy.handOver();
    }

    @Override
    public void close() {
        haproxy.close();
    }

    private interface Attempt {
        List<String> on(Known now) throws IOException, InterruptedException;
    }

    /** Whatever is not as expected: from then on it is not known what HAProxy has. */
    private List<String> attempt(Attempt attempt) throws InterruptedException {
        Known now = now();
        // Whatever interrupts this leaves open what HAProxy has been told.
        known = null;
        List<String> differences;
        try {
            differences = attempt.on(now);
        } catch (IOException e) {
            differences = List.of(String.valueOf(e.getMessage()));
        }
        if (differences.isEmpty()) {
            know(now);
        }
        return differences;
    }

    private List<String> verifyWorker(long worker) throws InterruptedException {
        return worker().filter(now -> now.pid() == worker).isPresent() ? List.of() : List.of("another worker serves");
    }

    private Optional<Worker> worker() throws InterruptedException {
        try {
            return Optional.of(haproxy.runtimeApi().worker());
        } catch (IOException e) {
            log.warn("HAProxy does not answer: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void know(Worker worker, Served served) {
        know(new Known(worker.pid(), served));
    }

    private void know(Known now) {
        known = now;
        lastServed = now.served();
        places = now.served().places();
    }

    private Known now() {
        if (known == null) {
            throw new IllegalStateException("it is not known what HAProxy serves");
        }
        return known;
    }
}
