package io.interlock.stats.webhook;

import io.interlock.api.status.Problem;
import java.time.Instant;

/**
 * Notice that a problem began or ended.
 *
 * @param at when the status was assembled that showed it
 * @param problem the problem, as it was when it began
 */
public record ProblemNotice(Event event, Instant at, Problem problem) {

    /** What happened. */
    public enum Event {
        PROBLEM_BEGAN,
        PROBLEM_ENDED
    }
}
