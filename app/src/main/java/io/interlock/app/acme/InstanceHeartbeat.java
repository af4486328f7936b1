package io.interlock.app.acme;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.app.acme.record.AcmeFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Creates the shared folder, and tells the others who share it that this instance is alive and which challenges it
 * answers. {@link #beat} is for one thread, the rest for all.
 */
final class InstanceHeartbeat {

    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_ANSWERS = Duration.ofSeconds(10);

    private final AcmeFolder folder;
    private final AnsweredChallenges answered;
    private final Clock clock;
    private Instant lastSign = Instant.EPOCH;
    private Set<String> lastTokens = Set.of();
    private boolean isReady;

    /**
     * @param answered the challenges that load balancers answer
     */
    InstanceHeartbeat(AcmeFolder folder, AnsweredChallenges answered, Clock clock) {
        this.folder = folder;
        this.answered = answered;
        this.clock = clock;
    }

    /**
     * Makes the folder ready if necessary, and gives a sign of life if it is time.
     *
     * @return whether the folder was made ready
     * @throws IOException if the folder cannot be used; the next call makes it ready again
     */
    boolean beat() throws IOException {
        boolean isNew = !isReady;
        Set<String> tokens = answered.byAll();
        isReady = false;
        if (isNew) {
            folder.make();
        }
        if (isNew || !tokens.equals(lastTokens) || isSignDue()) {
            folder.shared().signOfLife(tokens);
            lastTokens = tokens;
            lastSign = clock.instant();
        }
        if (isNew) {
            folder.shared().removeLeftovers();
        }
        isReady = true;
        return isNew;
    }

    /** The folder cannot be used: the next beat makes it ready again. */
    void reset() {
        isReady = false;
    }

    /**
     * Compares the absolute distance, because the clock may be set back: others that share the folder use their own
     * clocks.
     */
    private boolean isSignDue() {
        return Duration.between(lastSign, clock.instant()).abs().compareTo(BETWEEN_SIGNS_OF_LIFE) >= 0;
    }

    /**
     * Waits until all live instances answer a challenge, for a limited time: one that does not answer in time is perhaps
     * not reached by clients either.
     */
    void awaitAnswer(AcmeChallenge challenge) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE_WITH_ANSWERS.toNanos();
        while (!folder.shared().isAnsweredEverywhere(challenge.token()) && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
