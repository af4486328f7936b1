package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.ProcessState;

/**
 * How long a process has neither answered nor worked. One that works, or would if the machine let it, is slow; it does not
 * hang. Confined to one thread.
 */
final class HangDetector {

    private final int limit;
    private int questions;
    private long ticks;

    /**
     * @param limit how many questions in a row it may leave unanswered, idle
     */
    HangDetector(int limit) {
        this.limit = limit;
    }

    void recordAnswer() {
        questions = 0;
    }

    /**
     * It has left a question unanswered.
     *
     * @return whether it hangs
     */
    boolean recordTimeout(ProcessState now) {
        boolean works = now.isRunnable() || now.ticks() != ticks;
        ticks = now.ticks();
        questions = works ? 0 : questions + 1;
        return questions >= limit;
    }
}
