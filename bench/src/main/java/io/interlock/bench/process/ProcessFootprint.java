package io.interlock.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * What processes occupy.
 *
 * @param processes how many there are
 * @param residentKilobytes their resident memory, shared pages counted for each
 * @param files open file descriptors
 * @param threads kernel threads
 */
public record ProcessFootprint(int processes, long residentKilobytes, long files, long threads) {

    /** Of these processes; those that do not exist any more count nothing. */
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
                // Between being listed and being looked at.
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
