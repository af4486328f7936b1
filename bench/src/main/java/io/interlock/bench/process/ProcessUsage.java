package io.interlock.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Consumption of processes so far, including that of ended children for which they have waited. An ended process for
 * which none of them has waited is not counted.
 *
 * @param cpuMillis processor time in user and kernel mode; the kernel counts in steps of 10 ms
 * @param written bytes given to write calls, to files, pipes or sockets
 * @param toDisk those of the bytes that must reach a disk
 */
public record ProcessUsage(long cpuMillis, long written, long toDisk) {

    private static final long TICK_MILLIS = 10;
    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;

    /** The consumption of these processes; ended ones count nothing. */
    public static ProcessUsage of(Collection<Long> pids) {
        ProcessUsage sum = new ProcessUsage(0, 0, 0);
        for (long pid : pids) {
            sum = sum.plus(of(pid));
        }
        return sum;
    }

    private static ProcessUsage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            List<String> io = Files.readAllLines(Path.of("/proc/" + pid + "/io"));
            // The name, which may contain blanks, ends with the last parenthesis.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return new ProcessUsage(ticks * TICK_MILLIS, value(io, "wchar"), value(io, "write_bytes"));
        } catch (IOException ended) {
            return new ProcessUsage(0, 0, 0);
        }
    }

    private static long value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(cpuMillis + other.cpuMillis, written + other.written, toDisk + other.toDisk);
    }

    /** The consumption between the other measurement and this one. */
    public ProcessUsage since(ProcessUsage before) {
        return new ProcessUsage(cpuMillis - before.cpuMillis, written - before.written, toDisk - before.toDisk);
    }

    /** The average number of busy processors during such a time. */
    public double cores(long nanos) {
        return (double) cpuMillis / Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
