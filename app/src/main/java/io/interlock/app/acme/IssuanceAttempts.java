package io.interlock.app.acme;

import io.interlock.util.ExponentialBackoff;
import io.interlock.util.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Failed attempts since the last success.
 *
 * @param failures the number of failed attempts
 * @param next the earliest time of the next attempt
 * @param reason why the last attempt failed, for people; one line
 */
record IssuanceAttempts(int failures, Instant next, String reason) {

    static final IssuanceAttempts NONE = new IssuanceAttempts(0, Instant.EPOCH, "");

    private static final Duration LONGEST = Duration.ofHours(6);

    /**
     * Adds one more failed attempt: the pause doubles, up to six hours, less a random part of up to a quarter.
     *
     * @param first the first pause
     * @param notBefore the earliest time that the authority allows; used if it is later
     */
    IssuanceAttempts failed(String why, Instant now, Duration first, Instant notBefore, RandomGenerator random) {
        Duration pause = ExponentialBackoff.pause(first, LONGEST, failures);
        Duration less = Duration.ofNanos(random.nextLong(pause.toNanos() / 4 + 1));
        Instant at = now.plus(pause).minus(less);
        return new IssuanceAttempts(failures + 1, at.isAfter(notBefore) ? at : notBefore, PrintableText.flat(why));
    }
}
