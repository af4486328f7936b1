package io.interlock.haproxy.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything in the configuration besides backends: it changes by a reload only.
 *
 * @param digest of the text, whatever the facts below
 * @param wildcardDepths for how many labels wildcards are looked up, most first
 * @param paths whether paths are looked up
 * @param tls whether there is a list of certificates
 * @param challenges whether challenges of certificate authorities are looked up
 * @param tcp where connections are passed on, by port
 * @param rules every line by which virtual hosts and routes are found that maps cannot find, in order
 */
public record GlobalConfig(
        String digest,
        List<Integer> wildcardDepths,
        boolean paths,
        boolean tls,
        boolean challenges,
        List<TcpListenerSpec> tcp,
        List<String> rules) {

    /** Of nothing. */
    public static final GlobalConfig NONE = new GlobalConfig("", List.of(), false);

    public GlobalConfig {
        wildcardDepths = List.copyOf(wildcardDepths);
        tcp = List.copyOf(tcp);
        rules = List.copyOf(rules);
    }

    /** The rules of some hosts: regular expressions first, then the routes. */
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

    /** The ports of some hosts. */
    public static List<TcpListenerSpec> ports(List<HostSpec> hosts) {
        return hosts.stream()
                .flatMap(host -> host.port().stream())
                .sorted(Comparator.comparingInt(TcpListenerSpec::port))
                .toList();
    }

    /** The same with what these hosts need that a map cannot have. */
    public GlobalConfig with(List<HostSpec> hosts) {
        return with(ports(hosts), rules(hosts));
    }

    /** The same with these ports and rules. */
    public GlobalConfig with(List<TcpListenerSpec> ports, List<String> others) {
        return new GlobalConfig(digest, wildcardDepths, paths, tls, challenges, ports, others);
    }

    /** One of plain HTTP. */
    public GlobalConfig(String digest, List<Integer> wildcardDepths, boolean paths) {
        this(digest, wildcardDepths, paths, false, false, List.of(), List.of());
    }

    /** Whether HAProxy with this one can serve what the other one is for; looking up more than needed does no harm. */
    public boolean covers(GlobalConfig wanted) {
        return digest.equals(wanted.digest)
                && rules.equals(wanted.rules)
                && tcp.equals(wanted.tcp)
                && (paths || !wanted.paths)
                && wildcardDepths.containsAll(wanted.wildcardDepths);
    }
}
