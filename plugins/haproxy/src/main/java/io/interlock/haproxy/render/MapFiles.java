package io.interlock.haproxy.render;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The maps that HAProxy routes by. A host name leads to a backend; or, if its virtual host has other routes than one for
 * all paths, to {@code @NAME}, under which the map of paths has them, each with a slash at its end:
 *
 * <pre>{@code
 * hosts.map      www.example.com      www_example_com
 *                shop.example.com     @shop.example.com
 * wildcards.map  example.org          _example_org
 * paths.map      @shop.example.com/      shop_example_com
 *                @shop.example.com/api/  api
 * }</pre>
 */
final class MapFiles {

    private final SortedMap<String, String> hosts = new TreeMap<>();
    private final SortedMap<String, String> wildcards = new TreeMap<>();
    private final SortedMap<String, String> paths = new TreeMap<>();

    private MapFiles() {}

    static MapFiles of(Topology topology) {
        MapFiles maps = new MapFiles();
        topology.virtualHosts().forEach(maps::add);
        return maps;
    }

    /** How many labels the wildcards' domains have, most first: the order in which to look for them. */
    List<Integer> wildcardDepths() {
        return wildcards.keySet().stream()
                .map(domain -> domain.split("\\.").length)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    boolean hasPaths() {
        return !paths.isEmpty();
    }

    SortedMap<Path, String> texts(Layout layout) {
        return new TreeMap<>(Map.of(
                layout.hostsMap(), text(hosts),
                layout.wildcardsMap(), text(wildcards),
                layout.pathsMap(), text(paths)));
    }

    private void add(VirtualHost virtualHost) {
        String target = target(virtualHost);
        for (HostName name : virtualHost.hostNames()) {
            (name.isWildcard() ? wildcards : hosts).put(name.domain(), target);
        }
    }

    private String target(VirtualHost virtualHost) {
        Route first = virtualHost.routes().getFirst();
        if (first.pathPrefix().equals(Route.EVERYTHING)) {
            return first.backendName();
        }
        String key = "@" + virtualHost.hostNames().getFirst().value();
        for (Route route : virtualHost.routes()) {
            boolean everything = route.pathPrefix().equals(Route.EVERYTHING);
            paths.put(key + (everything ? "" : route.pathPrefix()) + "/", route.backendName());
        }
        return key;
    }

    private static String text(SortedMap<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (key, value) -> text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
