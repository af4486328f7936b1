package io.interlock.haproxy.supervise;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.process.ProcessState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limit of the memory of replaced workers, with processes that only wait. */
@Tag("haproxy")
class OldWorkerLimiterTest {

    private final List<Process> workers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 3; i++) {
            Process worker = new ProcessBuilder("sleep", "600").start();
            workers.add(worker);
            await().until(() -> sleeps(worker));
        }
    }

    @AfterEach
    void end() {
        workers.forEach(Process::destroyForcibly);
    }

    @Test
    void withinTheLimitAllLive() {
        new OldWorkerLimiter(sum()).limit(pids());

        assertThat(workers).allMatch(Process::isAlive);
    }

    @Test
    void beyondTheLimitTheOldestEnds() {
        new OldWorkerLimiter(sum() - 1).limit(pids());

        await().until(() -> !workers.getFirst().isAlive());
        assertThat(workers.subList(1, 3)).allMatch(Process::isAlive);
    }

    @Test
    void asManyEndAsAreTooMany() {
        new OldWorkerLimiter(0).limit(pids());

        await().until(() -> workers.stream().noneMatch(Process::isAlive));
    }

    /** Whether the process has become the program and waits: its memory is the same from now on. */
    private static boolean sleeps(Process worker) {
        return worker.info().command().filter(path -> path.endsWith("/sleep")).isPresent()
                && ProcessState.of(worker.pid())
                        .filter(state -> state.letter() == 'S')
                        .isPresent();
    }

    private List<Long> pids() {
        return workers.stream().map(Process::pid).toList();
    }

    private long sum() {
        return workers.stream().mapToLong(OldWorkerLimiterTest::bytes).sum();
    }

    private static long bytes(Process worker) {
        return OldWorkerLimiter.privateMemory(worker.pid()).orElse(0L);
    }
}
