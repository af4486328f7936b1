package io.interlock.app.topology;

import io.interlock.api.topology.BackendPolicy.BasicAuthentication;
import io.interlock.api.topology.HostName;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.options.ContainerHostNames;
import io.interlock.app.topology.options.PasswordHashCost;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * What one container asks for of resources that all containers share.
 *
 * @param container its interpretation, with at least one candidate
 * @param names its host names, with regular expressions
 * @param expressions its regular expressions, for names with {@code ~}, and for paths
 * @param users its lists of users with passwords
 * @param hashing the cost of {@code users} in microseconds
 */
record ContainerDemand(
        InterpretedContainer container,
        Set<HostName> names,
        Set<String> expressions,
        Set<BasicAuthentication> users,
        long hashing) {

    static final long MICROSECONDS = 1_000;

    static final Comparator<ContainerDemand> OLDEST_FIRST = Comparator.comparing(ContainerDemand::oldest);
    static final Comparator<ContainerDemand> CHEAPEST_FIRST =
            Comparator.comparingLong(ContainerDemand::hashing).thenComparing(OLDEST_FIRST);

    static ContainerDemand of(InterpretedContainer container) {
        Set<HostName> names = new HashSet<>();
        Set<String> expressions = new HashSet<>();
        Set<BasicAuthentication> users = new HashSet<>();
        for (ServerCandidate candidate : container.candidates()) {
            names.addAll(candidate.names().all());
            candidate.names().all().stream()
                    .filter(HostName::isExpression)
                    .map(HostName::value)
                    .forEach(expressions::add);
            candidate.settings().scope().expressions().forEach(each -> expressions.add(each.value()));
            candidate
                    .settings()
                    .policy(BasicAuthentication.class)
                    .map(setting -> (BasicAuthentication) setting.value())
                    .ifPresent(users::add);
        }
        return new ContainerDemand(
                container,
                names,
                expressions,
                users,
                users.stream().mapToLong(PasswordHashCost::of).sum());
    }

    ContainerKey key() {
        return container.run().container();
    }

    String mainName() {
        ContainerHostNames first = oldest().names();
        return first.primary().orElseGet(first.all()::getFirst).value();
    }

    ServerCandidate oldest() {
        return container.candidates().getFirst();
    }
}
