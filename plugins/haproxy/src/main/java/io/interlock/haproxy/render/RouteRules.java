package io.interlock.haproxy.render;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Condition;
import io.interlock.api.topology.Route;
import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.HostSpec;
import io.interlock.haproxy.plan.RouteMap;
import io.interlock.util.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the routes of a virtual host that have conditions or priorities, and so have to be tried one after the other. A rule leads
 * to an entry of the map of paths, not to a backend itself: a backend may move to another place while HAProxy runs.
 *
 * @param rules all lines, in the order in which they are to be tried
 * @param entries where they lead on to
 */
record RouteRules(List<HostSpec.Rule> rules, List<Entry> entries) {

    /**
     * @param target what stands for the virtual host
     * @param routes in the order in which they are to be tried
     */
    static RouteRules of(String target, List<Route> routes) {
        RouteRules all = new RouteRules(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < routes.size(); i++) {
            all.add(target, i, routes.get(i));
        }
        return all;
    }

    private void add(String target, int number, Route route) {
        String found = "@" + target + ":" + number + "/";
        entries.add(new Entry(new Entry.Key(RouteMap.PATHS, found), route.backendName(), true));
        List<String> names = new ArrayList<>();
        String prefix = "interlock." + Sha256.nameOf(target) + "." + number + ".";
        if (!route.pathPrefix().equals(Route.EVERYTHING)) {
            String name = prefix + "path";
            names.add(name);
            line(route, "acl " + name + " path -m str -- " + Word.quote(route.pathPrefix()));
            line(route, "acl " + name + " path -m beg -- " + Word.quote(route.pathPrefix() + "/"));
        }
        for (Condition condition : route.conditions()) {
            String name = prefix + names.size();
            names.add(name);
            tests(condition).forEach(test -> line(route, "acl " + name + " " + test));
        }
        line(
                route,
                "http-request set-var(txn.backend) str(" + found + ") if { var(txn.backend) -m str " + target + " }"
                        + (names.isEmpty() ? "" : " " + String.join(" ", names)));
    }

    private void line(Route route, String line) {
        rules.add(new HostSpec.Rule(line, route.backendName()));
    }

    /** One of them has to be true. */
    private static List<String> tests(Condition condition) {
        return switch (condition) {
            case Condition.Header(String name, Optional<String> value) ->
                List.of(matches("req.hdr(" + name + ")", value));
            case Condition.Cookie(String name, Optional<String> value) ->
                List.of(matches("req.cook(" + name + ")", value));
            case Condition.Query(String name, Optional<String> value) ->
                List.of(matches("url_param(" + name + ")", value));
            case Condition.Method(List<String> methods) -> List.of("method " + String.join(" ", methods));
            case Condition.Client(List<AddressRange> ranges) -> AnyOf.sources(ranges);
        };
    }

    private static String matches(String fetch, Optional<String> value) {
        return fetch + value.map(text -> " -m str -- " + Word.quote(text)).orElse(" -m found");
    }
}
