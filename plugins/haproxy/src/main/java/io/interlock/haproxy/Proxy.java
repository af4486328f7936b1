package io.interlock.haproxy;

import io.interlock.haproxy.plan.Plan;
import io.interlock.haproxy.plan.Running;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.Step;
import io.interlock.haproxy.plan.Wanted;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.process.RuntimeChange;
import io.interlock.haproxy.process.Supervisor;
import io.interlock.haproxy.process.Worker;
import io.interlock.haproxy.render.Layout;
import io.interlock.haproxy.render.Rendered;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HAProxy, and what is known of it. Confined to one thread, where nothing else is said. */
final class Proxy implements AutoCloseable {

    /** More leftovers than this are not looked at in one go. */
    private static final int MOST_SWEPT = 50;

    private final Supervisor supervisor;
    private final RuntimeChange changes;
    private final boolean runtime;
    private @Nullable Known known;
    private volatile Map<String, String> places = Map.of();

    private record Known(long worker, Served served) {}

    /**
     * @param runtime whether it can be told of changes, and asked what it has, while it runs
     */
    Proxy(Supervisor supervisor, Layout layout, boolean runtime) {
        this.supervisor = supervisor;
        this.changes = new RuntimeChange(supervisor.runtimeApi(), layout);
        this.runtime = runtime;
    }

    /** What is known of it. */
    Running running() throws InterruptedException {
        if (!supervisor.runs()) {
            known = null;
            places = Map.of();
            return new Running.Stopped();
        }
        return known == null
                ? new Running.Unknown("it is not known what HAProxy serves")
                : new Running.Known(known.served());
    }

    /** Finds out whether a running HAProxy, of which nothing is known, has just this. */
    Running recognize(Rendered wanted) throws InterruptedException {
        Optional<Worker> worker = supervisor.worker();
        if (worker.flatMap(Worker::revision).filter(wanted.revision()::equals).isEmpty()) {
            return new Running.Unknown("HAProxy serves something else");
        }
        know(new Known(worker.orElseThrow().pid(), wanted.served()));
        List<String> differences = verify();
        return differences.isEmpty() ? running() : new Running.Unknown(String.join("; ", differences));
    }

    /** Starts it with this, or makes it load this if it runs. */
    void load(Rendered wanted) throws HaproxyException, InterruptedException {
        Worker worker = supervisor.runs() ? supervisor.reload(wanted) : supervisor.start(wanted);
        know(new Known(worker.pid(), wanted.served()));
    }

    /** Makes it what the plan leads to; answers with what is not so afterwards, for people. */
    List<String> change(Plan.Steps plan, Wanted wanted) throws InterruptedException {
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

    private void know(Known now) {
        known = now;
        places = now.served().places();
    }

    /** Where each backend is, by its name, as last known; empty if it does not run. May be called on any thread. */
    Map<String, String> places() {
        return places;
    }

    /** What it has. */
    Served served() {
        return now().served();
    }

    /** May be called on another thread, but not while {@link #load} runs. */
    void writeFiles(Rendered wanted) throws HaproxyException, InterruptedException {
        supervisor.writeFiles(wanted);
    }

    /** Leaves it running for whoever looks for it next. */
    void handOver() {
        supervisor.handOver();
    }

    @Override
    public void close() {
        supervisor.close();
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
            known = now;
        }
        return differences;
    }

    private List<String> verifyWorker(long worker) throws InterruptedException {
        return supervisor.worker().filter(now -> now.pid() == worker).isPresent()
                ? List.of()
                : List.of("another worker serves");
    }

    private Known now() {
        if (known == null) {
            throw new IllegalStateException("it is not known what HAProxy serves");
        }
        return known;
    }
}
