package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Duration;

/**
 * Interlock's own process.
 *
 * @param pid its process id
 * @param javaVersion the Java that runs it
 * @param cpuTime processor time used so far
 * @param heapUsed used bytes of the heap
 * @param heapMax maximum size of the heap in bytes
 * @param nonHeapUsed bytes that Java uses outside of the heap, for classes and code
 * @param threads number of platform threads
 * @param gcCount number of garbage collections so far
 * @param gcTime time spent in garbage collections
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
