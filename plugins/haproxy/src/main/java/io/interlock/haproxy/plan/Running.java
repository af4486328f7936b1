package io.interlock.haproxy.plan;

/** What is known of HAProxy. */
public sealed interface Running {

    /** It does not run. */
    record Stopped() implements Running {}

    /**
     * It runs, but what it has is not known.
     *
     * @param reason why not, for people
     */
    record Unknown(String reason) implements Running {}

    /**
     * It runs, and something of it is damaged that a reload mends.
     *
     * @param damage what, for people
     */
    record Damaged(String damage) implements Running {}

    /** It runs, and has this. */
    record Known(Served served) implements Running {}
}
