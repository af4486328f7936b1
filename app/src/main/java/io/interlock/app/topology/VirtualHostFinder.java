package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finder of the virtual host of a requested name in a topology, as every load balancer finds it. Immutable. */
public final class VirtualHostFinder {

    private final Map<HostName, VirtualHost> hosts = new HashMap<>();
    /** In the order in which they are tried. */
    private final List<ExpressionMatcher> expressions;

    public VirtualHostFinder(Topology topology) {
        topology.virtualHosts().forEach(host -> host.hostNames().forEach(name -> hosts.put(name, host)));
        expressions = hosts.entrySet().stream()
                .filter(entry -> entry.getKey().isExpression())
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt((HostName name) -> -name.value().length())
                                .thenComparing(Comparator.naturalOrder())))
                .map(entry -> new ExpressionMatcher(
                        new Match(entry.getValue(), entry.getKey()),
                        Pattern.compile(entry.getKey().expression())))
                .toList();
    }

    /** A virtual host, and the name of it that matched. */
    public record Match(VirtualHost host, HostName name) {}

    private record ExpressionMatcher(Match match, Pattern pattern) {}

    /** Whether a virtual host has this very name. */
    public boolean hasName(HostName name) {
        return hosts.containsKey(name);
    }

    /** The virtual host of a name: that of the strongest name that matches. */
    public Optional<Match> find(HostName asked) {
        VirtualHost exact = hosts.get(asked);
        if (exact != null) {
            return Optional.of(new Match(exact, asked));
        }
        if (!asked.isExact()) {
            return Optional.empty();
        }
        String domain = asked.domain();
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.')) {
            domain = domain.substring(dot + 1);
            HostName wildcard = new HostName("*." + domain);
            VirtualHost host = hosts.get(wildcard);
            if (host != null) {
                return Optional.of(new Match(host, wildcard));
            }
        }
        return expressions.stream()
                .filter(expression ->
                        expression.pattern().matcher(asked.value()).matches())
                .map(ExpressionMatcher::match)
                .findFirst()
                .or(() -> Optional.ofNullable(hosts.get(HostName.ANY)).map(host -> new Match(host, HostName.ANY)));
    }
}
