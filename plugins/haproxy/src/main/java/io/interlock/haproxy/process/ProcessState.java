package io.interlock.haproxy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * State of a process according to the kernel.
 *
 * @param letter as in {@code /proc/PID/stat}: R runs or could run, S and D wait, T was stopped, Z has ended
 * @param ticks the CPU time used so far
 */
public record ProcessState(char letter, long ticks) {

    /** Index of the field, counted from the first one after the name. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    /** The state of the process; empty if there is no such process, or if this is not Linux. */
    public static Optional<ProcessState> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new ProcessState(
                    fields[0].charAt(0), Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a signal stopped the process. Another signal continues it. */
    public boolean isStopped() {
        return letter == 'T';
    }

    /** Whether the process would continue if it got CPU time. */
    public boolean isRunnable() {
        return letter == 'R';
    }

    /**
     * Whether the process has ended and its parent has not waited for it, which can last forever in a container without
     * an init.
     */
    public boolean isZombie() {
        return letter == 'Z';
    }
}
