package io.interlock.app.pipeline;

import java.time.Duration;
import java.util.Set;

/**
 * What the first topology waits for. Unknown is not empty: a proxy that an earlier controller left running must not lose
 * what it serves for engines that have not answered yet.
 *
 * @param engines ids of the engines whose answers it waits for
 * @param firstAnswer longest time until any of them answers
 * @param furtherAnswers longest time from the first answer until all of them have answered
 * @param readiness longest time for their containers to be found ready
 */
public record FirstTopologyWait(
        Set<String> engines, Duration firstAnswer, Duration furtherAnswers, Duration readiness) {

    /** An engine that is there answers much sooner. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

    /** Long enough for engines that are as quick as the first one. */
    private static final Duration FURTHER_ANSWERS = Duration.ofMillis(300);

    /** Containers that started before Interlock become ready within moments; the first topology should have them all. */
    private static final Duration READINESS = Duration.ofSeconds(1);

    private static final Duration UNRECORDED = Duration.ofMinutes(1);
    private static final Duration UNRECORDED_READINESS = Duration.ofSeconds(10);

    public FirstTopologyWait {
        engines = Set.copyOf(engines);
    }

    /** No proxy runs: whatever an engine answers is more than what is served. */
    public static FirstTopologyWait coldStart(Set<String> engines) {
        return new FirstTopologyWait(engines, FIRST_ANSWER, FURTHER_ANSWERS, READINESS);
    }

    /** A single look at all engines. */
    public static FirstTopologyWait dryRun(Set<String> engines) {
        return new FirstTopologyWait(engines, FIRST_ANSWER, FIRST_ANSWER, READINESS);
    }

    /**
     * A proxy runs since before this controller.
     *
     * @param unrecorded the engines of which it is not known what the proxy serves
     */
    public static FirstTopologyWait takeover(Set<String> unrecorded) {
        return new FirstTopologyWait(
                unrecorded, UNRECORDED, UNRECORDED, unrecorded.isEmpty() ? Duration.ZERO : UNRECORDED_READINESS);
    }
}
