package io.interlock.app.capability;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.Backend;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What happens to a backend that asks for something, where the load balancer lacks the capability for it.
 *
 * @param capability what it takes
 * @param asks what the backend asks for; empty if it does not
 * @param without the backend without it; empty: serving it without would be unsafe, so that it is not served at all
 */
record CapabilityRule(
        Capability capability,
        Function<Backend, Optional<FieldOmission>> asks,
        Optional<UnaryOperator<Backend>> without) {

    /**
     * Something that containers ask for.
     *
     * @param field as they call it
     * @param value as they would write it, roughly
     * @param instead what is done instead, for people
     */
    record FieldOmission(String field, String value, String instead) {}
}
