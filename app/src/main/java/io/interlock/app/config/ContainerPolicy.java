package io.interlock.app.config;

import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.FactSelection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's limits for containers.
 *
 * @param tcpPorts the ports at which containers may be served by TCP; empty: none
 * @param filter selects the containers that are considered at all
 * @param optInOnly whether only containers with data or labels for Interlock are considered
 * @param ownPorts TCP ports at which Interlock itself listens, with its load balancers and plugins
 * @param limits of what containers may ask for together
 * @param ownership which containers and names belong to whom
 * @param dialects what reads the labels for other proxies
 */
public record ContainerPolicy(
        Optional<PortRange> tcpPorts,
        ContainerFilter filter,
        boolean optInOnly,
        Set<Integer> ownPorts,
        TopologyLimits limits,
        OwnershipConfig ownership,
        DialectSet dialects) {

    /** Policy that allows nothing that needs the operator's permission. */
    public static final ContainerPolicy DEFAULT = new ContainerPolicy(Optional.empty());

    /** Creates a policy that considers all containers. */
    public ContainerPolicy(Optional<PortRange> tcpPorts) {
        this(tcpPorts, ContainerFilter.NONE, false);
    }

    /** Interlock listens nowhere. */
    public ContainerPolicy(Optional<PortRange> tcpPorts, ContainerFilter filter, boolean optInOnly) {
        this(tcpPorts, filter, optInOnly, Set.of(), TopologyLimits.DEFAULT, OwnershipConfig.DEFAULT, DialectSet.NONE);
    }

    public ContainerPolicy {
        ownPorts = Set.copyOf(ownPorts);
    }

    /** The same where Interlock listens at these ports, too. */
    public ContainerPolicy withOwnPorts(Set<Integer> ports) {
        Set<Integer> all = new HashSet<>(ownPorts);
        all.addAll(ports);
        return new ContainerPolicy(tcpPorts, filter, optInOnly, all, limits, ownership, dialects);
    }

    /** Returns the same policy with other rules of ownership. */
    public ContainerPolicy with(OwnershipConfig other) {
        return new ContainerPolicy(tcpPorts, filter, optInOnly, ownPorts, limits, other, dialects);
    }

    /** Returns the same policy with other limits. */
    public ContainerPolicy with(TopologyLimits other) {
        return new ContainerPolicy(tcpPorts, filter, optInOnly, ownPorts, other, ownership, dialects);
    }

    /** Returns the same policy with other dialects. */
    public ContainerPolicy with(DialectSet other) {
        return new ContainerPolicy(tcpPorts, filter, optInOnly, ownPorts, limits, ownership, other);
    }

    /** Returns the labels and variables that the policy needs. */
    public FactSelection selection() {
        Set<String> names = new HashSet<>(ownership.labels());
        filter.label().map(LabelFilter::name).ifPresent(names::add);
        return dialects.selection(names);
    }

    /**
     * Label that a container must have.
     *
     * @param name its name
     * @param value its value; empty: any
     */
    public record LabelFilter(String name, Optional<String> value) {}

    /**
     * Conditions that a container must meet to be considered.
     *
     * @param label the label that it must have; empty: none
     * @param namePrefix the beginning of its name; empty: any
     * @param engines the ids of the engines on which it must run; empty: any
     */
    public record ContainerFilter(
            Optional<LabelFilter> label, Optional<String> namePrefix, Optional<Set<String>> engines) {

        /** Filter that accepts all containers. */
        public static final ContainerFilter NONE =
                new ContainerFilter(Optional.empty(), Optional.empty(), Optional.empty());

        /** Returns the reason why a container is not considered; empty if it is considered. */
        public Optional<String> objection(ContainerFacts facts) {
            if (facts.key().isService()) {
                return Optional.empty();
            }
            if (engines.isPresent() && !engines.get().contains(facts.key().engineId())) {
                return Optional.of("its engine has none of the labels that \"filter\" in the configuration asks for");
            }
            if (namePrefix.filter(prefix -> !facts.name().startsWith(prefix)).isPresent()) {
                return Optional.of("its name does not begin with what \"filter\" in the configuration asks for");
            }
            return label.filter(required -> !has(facts, required))
                    .map(required -> "it does not have the label that \"filter\" in the configuration asks for");
        }

        private static boolean has(ContainerFacts facts, LabelFilter desired) {
            String value = facts.labels().get(desired.name());
            return value != null
                    && desired.value().filter(other -> !other.equals(value)).isEmpty();
        }
    }

    /**
     * Range of consecutive ports.
     *
     * @param first 1 to 65535
     * @param last at least {@code first}, up to 65535
     */
    public record PortRange(int first, int last) {

        private static final int MAX_PORT = 65_535;

        /**
         * @throws IllegalArgumentException if a limit is not a port, or the first is higher than the last
         */
        public PortRange {
            if (first < 1 || last > MAX_PORT || first > last) {
                throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
            }
        }

        public boolean contains(int port) {
            return port >= first && port <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }
}
