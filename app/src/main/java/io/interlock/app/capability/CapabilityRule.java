package io.interlock.app.capability;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.Backend;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Rule for a backend that uses a feature, if the load balancer lacks the capability.
 *
 * @param capability the required capability
 * @param asks the request of the backend for the feature; empty if it does not use it
 * @param without the backend without the feature; empty: serving the backend without it would be unsafe, so that it is
 *     not served at all
 */
record CapabilityRule(
        Capability capability,
        Function<Backend, Optional<FieldOmission>> asks,
        Optional<UnaryOperator<Backend>> without) {

    /**
     * Request of a container that is not fulfilled.
     *
     * @param field the name of the field
     * @param value the value, approximately as a container writes it
     * @param instead what is done instead, for people
     */
    record FieldOmission(String field, String value, String instead) {}
}
