package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.plan.ApplyPlanner;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.util.ExponentialBackoff;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides which tasks are due when nothing changes, and schedules the next ones. Confined to one thread. */
final class IdleTaskScheduler implements AutoCloseable {

    /** Time between two comparisons of the complete state. */
    private static final Duration VERIFICATION = Duration.ofSeconds(30);

    /** Time without a change after which HAProxy counts as idle. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Time without a change after which backends get their own names, which nothing but HAProxy's page needs. */
    private static final Duration QUIET_FOR_NAMES = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOADS = Duration.ofMinutes(5);

    /** With more of them, names wait: beyond a limit of memory, old workers end with their long connections. */
    private static final int MOST_OLD_WORKERS = 3;

    private static final Duration FIRST_SWEEP = Duration.ofMillis(500);
    private static final Duration RAREST_SWEEP = VERIFICATION;

    private final HaproxyVersion version;
    private final Runnable requestApply;
    private final ScheduledThreadPoolExecutor executor;
    private @Nullable Future<?> reminder;
    private final LongSupplier clock;
    private long lastChange;
    private long lastLoad;
    private boolean sweeping;
    private long nextSweep;
    private int sweeps;

    /**
     * @param requestApply called on another thread when a task is due; must be quick
     */
    IdleTaskScheduler(HaproxyVersion version, Runnable requestApply) {
        this(version, requestApply, System::nanoTime);
    }

    /**
     * @param clock nanoseconds since an arbitrary time
     */
    IdleTaskScheduler(HaproxyVersion version, Runnable requestApply, LongSupplier clock) {
        this.version = version;
        this.requestApply = requestApply;
        this.clock = clock;
        this.lastChange = clock.getAsLong();
        this.lastLoad = lastChange;
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("haproxy-reminder").factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Records a change of HAProxy at run time. */
    void changed() {
        lastChange = clock.getAsLong();
    }

    /** Records a load of HAProxy's configuration. */
    void loaded() {
        changed();
        lastLoad = lastChange;
    }

    /**
     * Why a reload is useful, if HAProxy is idle enough for it.
     *
     * @param oldWorkers the number of replaced workers that finish their connections; empty: not known
     */
    Optional<ReloadCause> dueReload(ProxyState served, OptionalInt oldWorkers) {
        Optional<ReloadCause> needed =
                ApplyPlanner.quietReload(served, version).filter(cause -> isPast(lastChange, QUIET));
        return needed.isEmpty()
                        && !served.moved().isEmpty()
                        && isPast(lastChange, QUIET_FOR_NAMES)
                        && isPast(lastLoad, BETWEEN_LOADS)
                        && oldWorkers.orElse(Integer.MAX_VALUE) <= MOST_OLD_WORKERS
                ? Optional.of(ReloadCause.BACKEND_NAMES)
                : needed;
    }

    private boolean isPast(long time, Duration pause) {
        return clock.getAsLong() - time >= pause.toNanos();
    }

    /** Whether to try again to remove servers that could not be removed. */
    boolean isTimeToSweep(ProxyState served) {
        if (!served.hasLeftovers()) {
            sweeping = false;
            return false;
        }
        if (!sweeping) {
            sweeping = true;
            sweeps = 0;
            nextSweep = clock.getAsLong() + sweepPause().toNanos();
        }
        if (clock.getAsLong() - nextSweep < 0) {
            return false;
        }
        sweeps++;
        nextSweep = clock.getAsLong() + sweepPause().toNanos();
        return true;
    }

    /**
     * Schedules an apply for the next task that is due.
     *
     * @param known time until another task is due; empty: never
     */
    void planNext(ProxyState served, Optional<Duration> known) {
        Duration next = known.map(time -> shorter(time, VERIFICATION)).orElse(VERIFICATION);
        if (ApplyPlanner.quietReload(served, version).isPresent()) {
            next = shorter(next, QUIET);
        }
        if (served.hasLeftovers()) {
            next = shorter(next, sweepPause());
        }
        if (reminder != null) {
            reminder.cancel(false);
        }
        // To the nanosecond: an apply that comes a little too early finds nothing to do, and that costs time.
        reminder = executor.schedule(requestApply, next.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private Duration sweepPause() {
        return ExponentialBackoff.pause(FIRST_SWEEP, RAREST_SWEEP, sweeps);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
