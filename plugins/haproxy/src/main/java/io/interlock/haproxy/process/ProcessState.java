package io.interlock.haproxy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says of a process.
 *
 * @param letter as in {@code /proc/PID/stat}: R runs or could, S and D wait, T was stopped, Z has ended
 * @param ticks the CPU time that it has had
 */
public record ProcessState(char letter, long ticks) {

    /** Where the fields are, counted from the one after the name. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    /** Empty if there is no such process, or this is no Linux. */
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

    /** Whether somebody stopped it with a signal: another one continues it. */
    public boolean isStopped() {
        return letter == 'T';
    }

    /** Whether it would go on if it got CPU time. */
    public boolean isRunnable() {
        return letter == 'R';
    }

    /** Whether it has ended and nobody has taken note yet, which may be for ever in a container without an init. */
    public boolean isZombie() {
        return letter == 'Z';
    }
}
