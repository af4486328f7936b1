package io.interlock.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Resources of processes.
 *
 * @param processes the number of processes
 * @param residentKilobytes their resident memory, shared pages counted for each
 * @param files open file descriptors
 * @param threads kernel threads
 */
public record ProcessFootprint(int processes, long residentKilobytes, long files, long threads) {

    /** The resources of these processes; ended ones count nothing. */
    public static ProcessFootprint of(Collection<Long> pids) {
        int processes = 0;
        long resident = 0;
        long files = 0;
        long threads = 0;
        for (long pid : pids) {
            try {
                Path process = Path.of("/proc/" + pid);
                String status = Files.readString(process.resolve("status"));
                try (Stream<Path> open = Files.list(process.resolve("fd"))) {
                    files += open.count();
                }
                resident += value(status, "VmRSS:");
                threads += value(status, "Threads:");
                processes++;
            } catch (IOException ended) {
                // The process ended between the listing and the reading.
            }
        }
        return new ProcessFootprint(processes, resident, files, threads);
    }

    private static long value(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
