package io.interlock.haproxy.process;

import io.interlock.util.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * HAProxy's processes on this machine that belong to one data folder, whichever program started them: masters and
 * workers have the master socket among their arguments. A pid file may be stale; the arguments are not.
 */
public final class HaproxyProcesses {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String mark;

    public HaproxyProcesses(Path masterSocket) {
        this.mark = socketArgument(masterSocket);
    }

    /** The argument that passes the master socket to HAProxy. */
    public static String socketArgument(Path masterSocket) {
        return masterSocket + ",mode,600";
    }

    public List<ProcessHandle> find() {
        try (var all = ProcessHandle.allProcesses()) {
            return all.filter(this::isOurs).toList();
        }
    }

    public boolean isOurs(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of()).contains(mark);
    }

    /** Ends processes: asks them to end, then kills them. Returns when they have ended. */
    public static void end(List<ProcessHandle> processes) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        if (!awaitEnd(processes, PATIENCE)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(processes, PATIENCE);
        }
    }

    /** Whether all processes end in the given time. */
    static boolean awaitEnd(List<ProcessHandle> processes, Duration time) throws InterruptedException {
        Deadline deadline = Deadline.in(time);
        while (processes.stream().anyMatch(HaproxyProcesses::lives)) {
            if (deadline.isOver()) {
                return false;
            }
            Deadline.pause();
        }
        return true;
    }

    /** Whether the process runs. Java also counts zombies as alive. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive()
                && ProcessState.of(process.pid()).filter(ProcessState::isZombie).isEmpty();
    }
}
