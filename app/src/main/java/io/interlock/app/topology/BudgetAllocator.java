package io.interlock.app.topology;

import io.interlock.api.topology.BackendPolicy.BasicAuthentication;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.TopologyLimits;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.options.PasswordHashCost;
import io.interlock.util.CountText;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Allocates shared resources to containers: passwords to those that need the least time for them, names and regular
 * expressions to the oldest. What several containers have in common counts once. A container whose users do not fit is
 * left out, because without them it would be unprotected. Pure.
 */
final class BudgetAllocator {

    private final TopologyLimits limits;
    private final Map<ContainerKey, InterpretedContainer> reduced = new HashMap<>();

    private BudgetAllocator(TopologyLimits limits) {
        this.limits = limits;
    }

    /** Returns the containers that get less than they ask for, as they are to be served. */
    static Map<ContainerKey, InterpretedContainer> allocate(
            Collection<ContainerDemand> demands, TopologyLimits limits) {
        BudgetAllocator allocator = new BudgetAllocator(limits);
        allocator.allocatePasswords(demands);
        allocator.allocateNames(demands);
        return allocator.reduced;
    }

    private void allocatePasswords(Collection<ContainerDemand> demands) {
        Set<BasicAuthentication> admitted = new HashSet<>();
        long spent = 0;
        for (ContainerDemand demand : sorted(demands, ContainerDemand.CHEAPEST_FIRST)) {
            long more = demand.users().stream()
                    .filter(Predicate.not(admitted::contains))
                    .mapToLong(PasswordHashCost::of)
                    .sum();
            if (demand.hashing() > limits.passwordHashingPerContainer() * ContainerDemand.MICROSECONDS) {
                leaveOutForPasswords(demand, "one container may have " + limits.passwordHashingPerContainer() + " ms");
            } else if (spent + more > limits.passwordHashing() * ContainerDemand.MICROSECONDS) {
                leaveOutForPasswords(
                        demand,
                        "all containers together may have " + limits.passwordHashing() + " ms, and others need less");
            } else {
                spent += more;
                admitted.addAll(demand.users());
            }
        }
    }

    private void leaveOutForPasswords(ContainerDemand demand, String limit) {
        int users =
                demand.users().stream().mapToInt(list -> list.users().size()).sum();
        leaveOut(
                demand,
                ContainerField.BASIC_AUTH.key(),
                CountText.of(users, "user"),
                FindingText.notServed("its password hashes take about "
                                + demand.hashing() / ContainerDemand.MICROSECONDS + " ms to check once; " + limit)
                        .withAdvice("give it fewer users or cheaper hashes, such as those of htpasswd -B -C 5, or raise"
                                + " password_hashing in limits of the configuration"));
    }

    private void allocateNames(Collection<ContainerDemand> demands) {
        Map<String, Set<HostName>> names = new HashMap<>();
        Set<String> expressions = new HashSet<>();
        for (ContainerDemand demand : sorted(demands, ContainerDemand.OLDEST_FIRST)) {
            if (reduced.containsKey(demand.key())) {
                continue;
            }
            Set<HostName> ofEngine = names.computeIfAbsent(demand.key().engineId(), any -> new HashSet<>());
            if (!admits(ofEngine, demand.names(), limits.namesPerEngine())) {
                leaveOut(
                        demand,
                        ContainerField.HOSTNAME.key(),
                        demand.mainName(),
                        FindingText.notServed("older containers of this engine leave too few of the "
                                        + limits.namesPerEngine() + " names that an engine may have")
                                .withAdvice("raise names_per_engine in limits of the configuration"));
            } else if (!admits(expressions, demand.expressions(), limits.expressions())) {
                reduce(demand);
            }
        }
    }

    private static List<ContainerDemand> sorted(
            Collection<ContainerDemand> demands, Comparator<ContainerDemand> order) {
        return demands.stream().sorted(order).toList();
    }

    /** Takes over what is asked for unless there would be too many then. */
    private static <T> boolean admits(Set<T> admitted, Set<T> asked, int limit) {
        long more = asked.stream().filter(Predicate.not(admitted::contains)).count();
        boolean fits = admitted.size() + more <= limit;
        if (fits) {
            admitted.addAll(asked);
        }
        return fits;
    }

    private void reduce(ContainerDemand demand) {
        List<ServerCandidate> candidates = demand.container().candidates().stream()
                .flatMap(candidate -> candidate.withoutExpressions().stream())
                .toList();
        String reason = "older containers leave too few of the " + limits.expressions()
                + " regular expressions that all containers may have";
        String advice = "raise expressions in limits of the configuration";
        String value = demand.expressions().stream().sorted().findFirst().orElseThrow();
        // A route without a name, or without its condition, must not leave its requests to another route of the
        // container.
        if (candidates.size() < demand.container().candidates().size()) {
            leaveOut(
                    demand,
                    ContainerField.HOSTNAME.key(),
                    value,
                    FindingText.notServed(reason).withAdvice(advice));
        } else {
            put(
                    demand,
                    candidates,
                    Severity.IGNORED,
                    ContainerField.ALIAS_DOMAINS.key(),
                    value,
                    FindingText.of(reason, "served without its regular expressions")
                            .withAdvice(advice));
        }
    }

    private void leaveOut(ContainerDemand demand, String field, String value, FindingText text) {
        put(demand, List.of(), Severity.LEFT_OUT, field, value, text);
    }

    private void put(
            ContainerDemand demand,
            List<ServerCandidate> candidates,
            Severity severity,
            String field,
            String value,
            FindingText text) {
        Finding finding = new Finding(severity, demand.key(), demand.oldest().containerName(), field, value, text);
        reduced.put(
                demand.key(),
                new InterpretedContainer(
                        demand.container().run(),
                        candidates,
                        Stream.concat(demand.container().findings().stream(), Stream.of(finding))
                                .sorted()
                                .toList()));
    }
}
