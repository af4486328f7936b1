package io.interlock.app.services;

import io.interlock.app.services.HostLookup.ResolvedHost;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Runs lookups of host names, each on a thread of its own, and keeps their results until they are taken. Never blocks. */
final class HostLookupQueue {

    static final int MOST_AT_ONCE = 16;

    private final Semaphore running = new Semaphore(MOST_AT_ONCE);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Runnable listener;

    private interface Answer {
        void give(ServiceNameTracker names, Instant now);
    }

    /**
     * @param listener called on another thread when there is a result; must be quick
     */
    HostLookupQueue(Runnable listener) {
        this.listener = listener;
    }

    /** Starts a lookup. */
    void start(HostLookup lookup, String host) {
        Thread.ofVirtual().name("services-" + host).start(() -> run(lookup, host));
    }

    private void run(HostLookup lookup, String host) {
        try {
            running.acquire();
            try {
                ResolvedHost found = lookup.lookup(host);
                answers.add((names, now) -> names.resolved(host, found, now));
            } finally {
                running.release();
            }
        } catch (IOException | RuntimeException e) {
            String reason = "its addresses are not known: " + ErrorMessages.reason(e);
            answers.add((names, now) -> names.failed(host, reason, now));
        } catch (InterruptedException e) {
            return;
        }
        listener.run();
    }

    /** Gives the results so far. */
    void giveTo(ServiceNameTracker names, Instant now) {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.give(names, now);
        }
    }
}
