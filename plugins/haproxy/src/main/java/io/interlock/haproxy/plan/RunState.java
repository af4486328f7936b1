package io.interlock.haproxy.plan;

/** What is known of HAProxy. */
public sealed interface RunState {

    /** It does not run. */
    record Stopped() implements RunState {}

    /**
     * It runs, but what it has is not known.
     *
     * @param reason why not, for people
     */
    record Unknown(String reason) implements RunState {}

    /**
     * It runs, and something of it is damaged that a reload mends.
     *
     * @param damage what, for people
     */
    record Damaged(String damage) implements RunState {}

    /** It runs, and has this. */
    record Known(ProxyState served) implements RunState {}
}
