package io.interlock.haproxy.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HAProxies on this machine that belong to one data folder, whoever started them: masters and workers have the master
 * socket among their arguments. A pid file may be stale; this is not.
 */
final class OurProcesses {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String mark;

    OurProcesses(Path masterSocket) {
        this.mark = socketArgument(masterSocket);
    }

    /** The argument by which HAProxy is told of its master socket. */
    static String socketArgument(Path masterSocket) {
        return masterSocket + ",mode,600";
    }

    List<ProcessHandle> find() {
        try (var all = ProcessHandle.allProcesses()) {
            return all.filter(this::isOurs).toList();
        }
    }

    boolean isOurs(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of()).contains(mark);
    }

    /** Ends processes, kindly and then not; returns when they are gone. */
    static void end(List<ProcessHandle> processes) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        if (!awaitEnd(processes, PATIENCE)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(processes, PATIENCE);
        }
    }

    /** Whether all of them end in that time. */
    static boolean awaitEnd(List<ProcessHandle> processes, Duration time) throws InterruptedException {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return processes.stream().noneMatch(ProcessHandle::isAlive);
        }
    }
}
