package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.ProcessState;

/**
 * Detects a process that neither answers nor works. A process that works, or would work if it got CPU time, is slow and
 * does not hang. Confined to one thread.
 */
final class HangDetector {

    private final int limit;
    private int questions;
    private long ticks;

    /**
     * @param limit the number of consecutive timeouts of an idle process that count as a hang
     */
    HangDetector(int limit) {
        this.limit = limit;
    }

    void recordAnswer() {
        questions = 0;
    }

    /**
     * Records that the process did not answer in time.
     *
     * @return whether the process hangs
     */
    boolean recordTimeout(ProcessState now) {
        boolean works = now.isRunnable() || now.ticks() != ticks;
        ticks = now.ticks();
        questions = works ? 0 : questions + 1;
        return questions >= limit;
    }
}
