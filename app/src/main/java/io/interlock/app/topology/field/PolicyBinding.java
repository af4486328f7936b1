package io.interlock.app.topology.field;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.BackendPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Policy that a field asks for.
 *
 * @param type the class of the policy
 * @param capability the capability that a load balancer needs
 * @param parser reads the policy; empty: the policy follows from more than the container's own data
 * @param strictest selects, from the different policies of a backend's containers, those that together let pass only
 *     what each of them lets pass; empty: the policy of the oldest container applies
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
