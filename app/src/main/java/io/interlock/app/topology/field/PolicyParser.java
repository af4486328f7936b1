package io.interlock.app.topology.field;

import io.interlock.api.topology.BackendPolicy;
import java.util.Optional;

/** Turns the values of a policy's fields into the policy. */
@FunctionalInterface
interface PolicyParser {

    /**
     * Returns the policy; empty if the values ask for none.
     *
     * @throws IllegalArgumentException if the values cannot be understood; its message says what was expected
     * @throws ArithmeticException if a number is too large
     */
    Optional<BackendPolicy> parse(PolicyFieldValues values);
}
