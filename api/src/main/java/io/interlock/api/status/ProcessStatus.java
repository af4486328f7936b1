package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Duration;

/**
 * Interlock's own process.
 *
 * @param pid its process id
 * @param javaVersion the Java that runs it
 * @param cpuTime processor time used so far
 * @param heapUsed bytes of the heap in use
 * @param heapMax bytes that the heap may grow to
 * @param nonHeapUsed bytes that Java itself uses besides, for classes and code
 * @param threads platform threads
 * @param gcCount collections so far
 * @param gcTime time spent in them
 */
@Experimental
public record ProcessStatus(
        long pid,
        String javaVersion,
        Duration cpuTime,
        long heapUsed,
        long heapMax,
        long nonHeapUsed,
        int threads,
        long gcCount,
        Duration gcTime) {}
