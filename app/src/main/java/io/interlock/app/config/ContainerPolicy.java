package io.interlock.app.config;

import io.interlock.app.inventory.ContainerFacts;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator lets containers have.
 *
 * @param tcpPorts the ports at which they may be served by TCP; empty: none
 * @param filter which of them are considered at all
 * @param optInOnly whether only those are considered that have data or labels of ours
 * @param ownPorts TCP ports at which Interlock itself listens, with its load balancers and plugins
 */
public record ContainerPolicy(
        Optional<PortRange> tcpPorts, ContainerFilter filter, boolean optInOnly, Set<Integer> ownPorts) {

    /** Nothing that an operator has to allow. */
    public static final ContainerPolicy DEFAULT = new ContainerPolicy(Optional.empty());

    /** All containers are considered. */
    public ContainerPolicy(Optional<PortRange> tcpPorts) {
        this(tcpPorts, ContainerFilter.NONE, false);
    }

    /** Interlock listens nowhere. */
    public ContainerPolicy(Optional<PortRange> tcpPorts, ContainerFilter filter, boolean optInOnly) {
        this(tcpPorts, filter, optInOnly, Set.of());
    }

    public ContainerPolicy {
        ownPorts = Set.copyOf(ownPorts);
    }

    /** The same where Interlock listens at these ports, too. */
    public ContainerPolicy withOwnPorts(Set<Integer> ports) {
        Set<Integer> all = new HashSet<>(ownPorts);
        all.addAll(ports);
        return new ContainerPolicy(tcpPorts, filter, optInOnly, all);
    }

    /** The labels that have to be known, besides those that are ours. */
    public Set<String> labels() {
        return filter.label().map(LabelFilter::name).map(Set::of).orElse(Set.of());
    }

    /**
     * A label that a container has to have.
     *
     * @param name its name
     * @param value its value; empty: any
     */
    public record LabelFilter(String name, Optional<String> value) {}

    /**
     * What containers have to be like to be considered.
     *
     * @param label the label that they have to have
     * @param namePrefix what their names have to begin with
     * @param engines the ids of the engines that they have to run on; empty: any
     */
    public record ContainerFilter(
            Optional<LabelFilter> label, Optional<String> namePrefix, Optional<Set<String>> engines) {

        /** All are. */
        public static final ContainerFilter NONE =
                new ContainerFilter(Optional.empty(), Optional.empty(), Optional.empty());

        /** Why a container is not considered; empty: it is. */
        public Optional<String> objection(ContainerFacts facts) {
            if (engines.isPresent() && !engines.get().contains(facts.key().engineId())) {
                return Optional.of("its engine has none of the labels that \"filter\" in the configuration asks for");
            }
            if (namePrefix.filter(prefix -> !facts.name().startsWith(prefix)).isPresent()) {
                return Optional.of("its name does not begin with what \"filter\" in the configuration asks for");
            }
            return label.filter(wanted -> !has(facts, wanted))
                    .map(wanted -> "it has not the label that \"filter\" in the configuration asks for");
        }

        private static boolean has(ContainerFacts facts, LabelFilter wanted) {
            String value = facts.labels().get(wanted.name());
            return value != null
                    && wanted.value().filter(other -> !other.equals(value)).isEmpty();
        }
    }

    /**
     * Ports that follow each other.
     *
     * @param first 1 to 65535
     * @param last at least that, up to 65535
     */
    public record PortRange(int first, int last) {

        private static final int MAX_PORT = 65_535;

        /**
         * @throws IllegalArgumentException if one is no port, or there is none between them
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
