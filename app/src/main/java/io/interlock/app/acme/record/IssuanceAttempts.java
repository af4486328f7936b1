package io.interlock.app.acme.record;

import io.interlock.util.ExponentialBackoff;
import io.interlock.util.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Attempts since the last success, and when the next one may be made. A pause follows every attempt, whatever came of
 * it.
 *
 * @param failures the number of failed attempts
 * @param at when the last attempt was made
 * @param next the earliest time of the next attempt
 * @param reason why the last attempt failed, or what it waits for, for people; one line; empty: neither
 * @param advice what to do about it; empty if there is nothing to do
 */
public record IssuanceAttempts(int failures, Instant at, Instant next, String reason, String advice) {

    public static final IssuanceAttempts NONE = new IssuanceAttempts(0, Instant.EPOCH, Instant.EPOCH, "", "");

    private static final Duration LONGEST = Duration.ofHours(6);

    /** No authority asks for more; a longer pause is a mistake. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(30);

    /**
     * Adds an attempt that begins now. It counts as a failure until its result is known, so that one that never ends
     * is not repeated at once.
     */
    public IssuanceAttempts begun(Instant now, Duration first, RandomGenerator random) {
        return failed("", "", now, first, Instant.EPOCH, random);
    }

    /**
     * Adds one more failed attempt: the pause doubles, up to six hours, less a random part of up to a quarter.
     *
     * @param first the first pause
     * @param notBefore the earliest time that the authority allows; used if it is later
     */
    public IssuanceAttempts failed(
            String why, String whatToDo, Instant now, Duration first, Instant notBefore, RandomGenerator random) {
        Duration pause = ExponentialBackoff.pause(first, LONGEST, failures);
        Duration less = Duration.ofNanos(random.nextLong(pause.toNanos() / 4 + 1));
        Instant at = now.plus(pause).minus(less);
        return new IssuanceAttempts(
                failures + 1, now, later(at, now, notBefore), PrintableText.flat(why), PrintableText.flat(whatToDo));
    }

    /** An attempt that did not fail, but has to go on later. */
    public static IssuanceAttempts unfinished(String why, Instant now, Duration pause, Instant notBefore) {
        return new IssuanceAttempts(0, now, later(now.plus(pause), now, notBefore), PrintableText.flat(why), "");
    }

    /** The same, but the next attempt is not before a time. */
    public IssuanceAttempts postponed(Instant notBefore) {
        return new IssuanceAttempts(failures, at, next.isAfter(notBefore) ? next : notBefore, reason, advice);
    }

    /** A success. */
    public static IssuanceAttempts succeeded(Instant now, Duration pause) {
        return new IssuanceAttempts(0, now, now.plus(pause), "", "");
    }

    private static Instant later(Instant at, Instant now, Instant notBefore) {
        Instant limited = notBefore.isAfter(now.plus(LONGEST_ASKED)) ? now.plus(LONGEST_ASKED) : notBefore;
        return at.isAfter(limited) ? at : limited;
    }
}
