package io.interlock.haproxy.supervise;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limit of the memory of the workers that reloads have replaced, and that live for their long connections. Beyond a
 * quarter of the memory of this machine or container, the oldest end.
 */
final class OldWorkerLimiter {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final int SHARE = 4;
    private static final Pattern PRIVATE_MEMORY = Pattern.compile("(?m)^RssAnon:\\s+(\\d{1,15}) kB$");

    private final long limit;

    OldWorkerLimiter() {
        this(memory() / SHARE);
    }

    /**
     * @param limit bytes
     */
    OldWorkerLimiter(long limit) {
        this.limit = limit;
    }

    /**
     * A replaced worker.
     *
     * @param process the worker
     * @param began when it was started
     * @param bytes the memory that it alone uses
     */
    record OldWorker(ProcessHandle process, Instant began, long bytes) {}

    /** Ends the oldest of the workers as long as all together use too much. */
    void limit(List<Long> workers) {
        List<OldWorker> all = new ArrayList<>();
        for (long worker : workers) {
            ProcessHandle.of(worker)
                    .ifPresent(process -> all.add(new OldWorker(
                            process,
                            process.info().startInstant().orElse(Instant.EPOCH),
                            privateMemory(worker).orElse(0L))));
        }
        for (OldWorker surplus : surplus(all)) {
            log.warn(
                    "{} replaced workers of HAProxy use more than {} MB for their connections:"
                            + " the oldest (process {}) is ended, with its connections",
                    workers.size(),
                    limit >> 20,
                    surplus.process().pid());
            surplus.process().destroy();
        }
    }

    /** The workers that must end, the oldest first. */
    private List<OldWorker> surplus(List<OldWorker> workers) {
        List<OldWorker> surplus = new ArrayList<>();
        long sum = workers.stream().mapToLong(OldWorker::bytes).sum();
        for (OldWorker worker :
                workers.stream().sorted(Comparator.comparing(OldWorker::began)).toList()) {
            if (sum <= limit) {
                break;
            }
            surplus.add(worker);
            sum -= worker.bytes();
        }
        return surplus;
    }

    /** Bytes of memory that the process shares with no other; empty if it has ended, or if this is not Linux. */
    static Optional<Long> privateMemory(long pid) {
        try {
            Matcher found = PRIVATE_MEMORY.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return found.find() ? Optional.of(Long.parseLong(found.group(1)) << 10) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The memory that this process may use, also in a container. */
    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
