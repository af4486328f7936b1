package io.interlock.app.topology.field;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.BackendPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Policy that a field asks for.
 *
 * @param type its class
 * @param capability what a load balancer must be able to do
 * @param parser reads the policy; empty: it follows from more than the container's own data
 * @param strictest of different policies of the containers of a backend those that together let pass only what each of them lets
 *     pass; empty: the oldest container's counts
 * @param required whether a load balancer that lacks the capability must not serve the container without it
 */
record PolicyBinding(
        Class<? extends BackendPolicy> type,
        Capability capability,
        Optional<PolicyParser> parser,
        Optional<UnaryOperator<List<BackendPolicy>>> strictest,
        boolean required) {

    PolicyBinding with(UnaryOperator<List<BackendPolicy>> chosen) {
        return new PolicyBinding(type, capability, parser, Optional.of(chosen), required);
    }

    PolicyBinding asRequired() {
        return new PolicyBinding(type, capability, parser, strictest, true);
    }
}
