package io.interlock.app.status;

import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import io.interlock.util.SortedDiff;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which names lead to each backend, for people. What does not change costs nothing. Confined to one thread. */
final class BackendHostNameIndex {

    /** By backend; several where names share one by different routes. */
    private final Map<String, TreeSet<String>> names = new HashMap<>();

    /** Takes over what is served now instead of before. */
    void change(List<VirtualHost> before, List<VirtualHost> after) {
        List<SortedDiff.Change<VirtualHost>> changed = SortedDiff.between(before, after);
        changed.forEach(pair -> pair.before().ifPresent(this::remove));
        changed.forEach(pair -> pair.after().ifPresent(this::add));
    }

    /** The names of the first virtual host that leads there; empty if none does. */
    String of(String backend) {
        TreeSet<String> its = names.get(backend);
        return its == null ? "" : its.getFirst();
    }

    private void add(VirtualHost host) {
        String text = text(host);
        for (Route route : host.routes()) {
            names.computeIfAbsent(route.backendName(), any -> new TreeSet<>()).add(text);
        }
    }

    private void remove(VirtualHost host) {
        String text = text(host);
        for (Route route : host.routes()) {
            names.computeIfPresent(route.backendName(), (backend, its) -> {
                its.remove(text);
                return its.isEmpty() ? null : its;
            });
        }
    }

    private static String text(VirtualHost host) {
        return host.hostNames().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
