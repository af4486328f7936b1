package io.interlock.app.runtime;

import io.interlock.api.status.ProcessStatus;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;

/** Collects the status of this process. */
public final class ProcessStatusCollector {

    private ProcessStatusCollector() {}

    public static ProcessStatus now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ProcessHandle self = ProcessHandle.current();
        long collections = 0;
        long collecting = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            collecting += Math.max(0, collector.getCollectionTime());
        }
        return new ProcessStatus(
                self.pid(),
                Runtime.version().toString(),
                self.info().totalCpuDuration().orElse(Duration.ZERO),
                memory.getHeapMemoryUsage().getUsed(),
                memory.getHeapMemoryUsage().getMax(),
                memory.getNonHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                collections,
                Duration.ofMillis(collecting));
    }
}
