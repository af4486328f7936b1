package io.interlock.haproxy.plan;

/** Knowledge about the running HAProxy. */
public sealed interface RunState {

    /** HAProxy does not run. */
    record Stopped() implements RunState {}

    /**
     * HAProxy runs, but its state is not known.
     *
     * @param reason why the state is not known, for messages
     */
    record Unknown(String reason) implements RunState {}

    /**
     * HAProxy runs, and has damage that a reload repairs.
     *
     * @param damage the damage, for messages
     */
    record Damaged(String damage) implements RunState {}

    /** HAProxy runs with the given state. */
    record Known(ProxyState served) implements RunState {}
}
