package io.interlock.haproxy.render.map;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import io.interlock.haproxy.render.directive.RequestNormalization;
import io.interlock.util.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Lines of the maps that HAProxy routes by. A host name leads to a backend. If its virtual host has other routes than
 * one for all paths, the name leads to {@code @NAME}; the map of paths contains the routes under that key, each with a
 * slash at its end, and after it {@value RequestNormalization#PATH_END} if it is one path alone: the longest entry wins, and only that path has one so
 * long. Regular expressions and conditions are lines of the configuration, which also lead to the map of
 * paths:
 *
 * <pre>{@code
 * hosts.map      www.example.com      www_example_com
 *                shop.example.com     @shop.example.com
 * wildcards.map  example.org          _example_org
 * paths.map      @shop.example.com/      shop_example_com
 *                @shop.example.com/api/  api
 *                @shop.example.com/health/?  health
 * }</pre>
 */
public final class HostMapEntries {

    /** Numbers of labels of {@code example.com} in {@code *.example.com}, and of other usual wildcards. */
    private static final List<Integer> USUAL_DEPTHS = List.of(1, 2, 3, 4);

    /** At the end of a key of the map of paths: the path of a request decides nothing, and stays as it is. */
    private static final String ANY_PATH = "=";

    private HostMapEntries() {}

    public static HostSpec of(VirtualHost virtualHost) {
        String first = key(virtualHost.hostNames().getFirst());
        if (isDirect(virtualHost)) {
            String backend = virtualHost.routes().getFirst().backendName();
            return new HostSpec(first, names(virtualHost, backend, true));
        }
        String target = "@" + first;
        List<MapEntry> entries = names(virtualHost, target, false);
        List<HostSpec.Rule> rules = List.of();
        boolean plain = virtualHost.routes().stream().allMatch(Route::isPlain);
        boolean anyPath = virtualHost.routes().stream().allMatch(Route::isForAllPaths);
        if (anyPath) {
            entries.add(new MapEntry(
                    new MapEntry.Key(HaproxyMap.PATHS, target + ANY_PATH),
                    plain ? virtualHost.routes().getFirst().backendName() : target,
                    plain));
        }
        if (!plain) {
            RouteRules found = RouteRules.of(target, virtualHost.routes());
            entries.addAll(found.entries());
            rules = found.rules();
        } else if (!anyPath) {
            virtualHost.routes().forEach(each -> entries.add(path(target, each)));
        }
        return new HostSpec(first, entries, expressions(virtualHost, target), rules);
    }

    /** Whether the names alone determine the backend. */
    private static boolean isDirect(VirtualHost virtualHost) {
        Route route = virtualHost.routes().getFirst();
        return virtualHost.routes().size() == 1
                && route.isPlain()
                && route.isForAllPaths()
                && virtualHost.hostNames().stream().noneMatch(name -> name.isAny() || name.isExpression());
    }

    private static List<MapEntry> names(VirtualHost virtualHost, String target, boolean toBackend) {
        List<MapEntry> entries = new ArrayList<>();
        for (HostName name : virtualHost.hostNames()) {
            if (name.isExact() || name.isWildcard()) {
                HaproxyMap map = name.isWildcard() ? HaproxyMap.WILDCARDS : HaproxyMap.HOSTS;
                entries.add(new MapEntry(new MapEntry.Key(map, name.domain()), target, toBackend));
            }
        }
        return entries;
    }

    private static List<HostSpec.Expression> expressions(VirtualHost virtualHost, String target) {
        List<HostSpec.Expression> expressions = new ArrayList<>();
        for (HostName name : virtualHost.hostNames()) {
            if (name.isExpression()) {
                expressions.add(new HostSpec.Expression(
                        name.expression(),
                        "http-request set-var(txn.backend) str(" + target + ") if { var(txn.backend) -m str @ }"
                                + " { var(txn.host) -m reg -- " + HaproxyQuoting.quote(name.expression()) + " }"));
            }
        }
        return expressions;
    }

    /** Key of a virtual host in maps and rules. */
    private static String key(HostName name) {
        return name.isExpression() ? "~" + Sha256.nameOf(name.value()) : name.value();
    }

    private static MapEntry path(String virtualHost, Route route) {
        String prefix = route.pathPrefix().equals(Route.EVERYTHING) ? "" : route.pathPrefix();
        String key = virtualHost + prefix + "/"
                + route.exactPath()
                        .map(path -> (path.endsWith("/") ? "/" : "") + RequestNormalization.PATH_END)
                        .orElse("");
        return new MapEntry(new MapEntry.Key(HaproxyMap.PATHS, key), route.backendName(), true);
    }

    /** Whether the frame depends on the host. Most hosts only have lines in the map of names. */
    public static boolean isSpecial(HostSpec host) {
        return !host.expressions().isEmpty()
                || !host.rules().isEmpty()
                || host.port().isPresent()
                || host.entries().stream().anyMatch(entry -> entry.key().map() != HaproxyMap.HOSTS);
    }

    /**
     * The frame with the lookups that the hosts need.
     *
     * @param hosts at least those that are {@linkplain #isSpecial special}
     * @param inAdvance whether to include the usual lookups; only requests for unknown names pay for them
     */
    public static GlobalConfig frame(String digest, List<HostSpec> hosts, boolean inAdvance) {
        TreeSet<Integer> depths = new TreeSet<>(Comparator.reverseOrder());
        boolean paths = inAdvance;
        if (inAdvance) {
            depths.addAll(USUAL_DEPTHS);
        }
        for (HostSpec host : hosts) {
            for (MapEntry entry : host.entries()) {
                switch (entry.key().map()) {
                    case WILDCARDS -> depths.add(labels(entry.key().text()));
                    case PATHS -> paths = true;
                    case HOSTS, TCP, CHECKS, NAMES, CHALLENGES -> {}
                }
            }
        }
        return new GlobalConfig(digest, List.copyOf(depths), paths);
    }

    private static int labels(String domain) {
        return 1 + (int) domain.chars().filter(c -> c == '.').count();
    }
}
