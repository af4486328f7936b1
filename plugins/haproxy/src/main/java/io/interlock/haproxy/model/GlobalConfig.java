package io.interlock.haproxy.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything in the configuration besides backends. Only a reload changes it.
 *
 * @param digest of the text, independent of the components below
 * @param wildcardDepths the numbers of labels for which wildcards are looked up, highest first
 * @param paths whether paths are looked up
 * @param tls whether there is a list of certificates
 * @param challenges whether challenges of certificate authorities are looked up
 * @param tcp the listeners that forward connections, sorted by port
 * @param rules all lines that find virtual hosts and routes that maps cannot find, in order
 * @param peers the other instances that share counters of clients; empty: this one counts for itself
 */
public record GlobalConfig(
        String digest,
        List<Integer> wildcardDepths,
        boolean paths,
        boolean tls,
        boolean challenges,
        List<TcpListenerSpec> tcp,
        List<String> rules,
        Optional<PeerGroup> peers) {

    /** The listener that only answers whether HAProxy runs; it has no clients. */
    public static final String HEALTH_LISTENER = "interlock.health";

    /** The beginning of the names of the listener and the backends that ask servers that authenticate. */
    public static final String AUTH = "interlock.auth";

    /** Global part of an empty configuration. */
    public static final GlobalConfig NONE = new GlobalConfig("", List.of(), false);

    public GlobalConfig {
        wildcardDepths = List.copyOf(wildcardDepths);
        tcp = List.copyOf(tcp);
        rules = List.copyOf(rules);
    }

    /** The rules of the hosts: regular expressions first, then routes. */
    public static List<String> rules(List<HostSpec> hosts) {
        List<HostSpec> ruled = hosts.stream()
                .filter(host -> !host.rules().isEmpty() || !host.expressions().isEmpty())
                .toList();
        return Stream.concat(
                        ruled.stream()
                                .flatMap(host -> host.expressions().stream())
                                .sorted()
                                .map(HostSpec.Expression::line),
                        ruled.stream().flatMap(host -> host.rules().stream()).map(HostSpec.Rule::line))
                .toList();
    }

    /** The TCP listeners of the hosts. */
    public static List<TcpListenerSpec> ports(List<HostSpec> hosts) {
        return hosts.stream()
                .flatMap(host -> host.port().stream())
                .sorted(Comparator.comparingInt(TcpListenerSpec::port))
                .toList();
    }

    /** Returns this configuration with those needs of the hosts that a map cannot hold. */
    public GlobalConfig with(List<HostSpec> hosts) {
        return with(ports(hosts), rules(hosts));
    }

    /** Returns this configuration with the given listeners and rules. */
    public GlobalConfig with(List<TcpListenerSpec> ports, List<String> others) {
        return new GlobalConfig(digest, wildcardDepths, paths, tls, challenges, ports, others, peers);
    }

    /** Returns this configuration with the given peers. */
    public GlobalConfig with(Optional<PeerGroup> group) {
        return new GlobalConfig(digest, wildcardDepths, paths, tls, challenges, tcp, rules, group);
    }

    /** Creates a configuration for plain HTTP. */
    public GlobalConfig(String digest, List<Integer> wildcardDepths, boolean paths) {
        this(digest, wildcardDepths, paths, false, false, List.of(), List.of(), Optional.empty());
    }

    /** Whether HAProxy with this configuration can also serve the other one. Unneeded lookups do no harm. */
    public boolean covers(GlobalConfig desired) {
        return digest.equals(desired.digest)
                && rules.equals(desired.rules)
                && tcp.equals(desired.tcp)
                && peers.equals(desired.peers)
                && (paths || !desired.paths)
                && wildcardDepths.containsAll(desired.wildcardDepths);
    }
}
