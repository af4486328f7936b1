package io.interlock.haproxy.render.map;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.RequestRefusal;
import io.interlock.haproxy.render.directive.AclValues;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import io.interlock.haproxy.render.directive.RequestNormalization;
import io.interlock.util.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules for the routes of a virtual host that have conditions or priorities, and so must be tried one after the other.
 * A rule leads to an entry of the map of paths, not to a backend: a backend may move to another place at run time.
 *
 * @param rules all lines, in the order in which HAProxy tries them
 * @param entries the entries of the map that the rules lead to
 */
record RouteRules(List<HostSpec.Rule> rules, List<MapEntry> entries) {

    /**
     * @param target the key of the virtual host
     * @param routes in the order in which they are tried
     */
    static RouteRules of(String target, List<Route> routes) {
        RouteRules all = new RouteRules(new ArrayList<>(), new ArrayList<>());
        // The cost of an expression is bounded for shorter paths, and a longer one must not get to a route without it.
        routes.stream()
                .filter(route -> route.conditions().stream().anyMatch(RouteCondition.Path.class::isInstance))
                .findFirst()
                .ifPresent(route -> RequestRefusal.LONG_PATH
                        .when("{ var(txn.backend) -m str " + target + " } { path -m len "
                                + (PathExpression.MAX_PATH_LENGTH + 1) + ": }")
                        .forEach(rule -> all.line(route, rule)));
        for (int i = 0; i < routes.size(); i++) {
            all.add(target, i, routes.get(i));
        }
        return all;
    }

    private void add(String target, int number, Route route) {
        String found = "@" + target + ":" + number + "/";
        entries.add(new MapEntry(new MapEntry.Key(HaproxyMap.PATHS, found), route.backendName(), true));
        List<String> names = new ArrayList<>();
        String prefix = "interlock." + Sha256.nameOf(target) + "." + number + ".";
        if (!route.isForAllPaths()) {
            addPath(target, route, prefix, names);
        }
        for (RouteCondition condition : route.conditions()) {
            if (condition instanceof RouteCondition.ExactPath || condition instanceof RouteCondition.Path) {
                continue;
            }
            String name = prefix + names.size();
            names.add(name);
            tests(condition).forEach(test -> line(route, "acl " + name + " " + test));
        }
        line(
                route,
                "http-request set-var(txn.backend) str(" + found + ") if { var(txn.backend) -m str " + target + " }"
                        + (names.isEmpty() ? "" : " " + String.join(" ", names)));
    }

    /** Adds tests of the path, and refuses requests of which only the path without parameters passes them. */
    private void addPath(String target, Route route, String prefix, List<String> names) {
        List<String> bare = new ArrayList<>();
        if (route.isExact() || !route.pathPrefix().equals(Route.EVERYTHING)) {
            names.add(prefix + "path");
            bare.add(prefix + "bare");
            path(route, "acl " + names.getLast() + " path");
            path(route, "acl " + bare.getLast() + " var(" + RequestNormalization.BARE_PATH + ")");
        }
        for (RouteCondition condition : route.conditions()) {
            if (condition instanceof RouteCondition.Path(List<PathExpression> expressions)) {
                names.add(prefix + names.size());
                bare.add(names.getLast() + ".bare");
                for (PathExpression expression : expressions) {
                    String test = " -m reg -- " + HaproxyQuoting.quote("^" + expression + "$");
                    line(route, "acl " + names.getLast() + " path" + test);
                    line(route, "acl " + bare.getLast() + " var(" + RequestNormalization.BARE_PATH + ")" + test);
                }
            }
        }
        for (String name : names) {
            RequestRefusal.PATH_PARAMETER
                    .when("{ var(txn.backend) -m str " + target + " } " + String.join(" ", bare) + " !" + name)
                    .forEach(rule -> line(route, rule));
        }
    }

    private void path(Route route, String fetch) {
        line(
                route,
                fetch + " -m str -- " + HaproxyQuoting.quote(route.exactPath().orElse(route.pathPrefix())));
        if (!route.isExact()) {
            line(route, fetch + " -m beg -- " + HaproxyQuoting.quote(route.pathPrefix() + "/"));
        }
    }

    private void line(Route route, String line) {
        rules.add(new HostSpec.Rule(line, route.backendName()));
    }

    /** Tests of which one must be true. */
    private static List<String> tests(RouteCondition condition) {
        return switch (condition) {
            case RouteCondition.Header(String name, Optional<String> value) ->
                List.of(matches("req.fhdr(" + name + ")", value));
            case RouteCondition.Cookie(String name, Optional<String> value) ->
                List.of(matches("req.cook(" + name + ")", value));
            case RouteCondition.Query(String name, Optional<String> value) ->
                List.of(matches("url_param(" + name + ")", value));
            case RouteCondition.Method(List<String> methods) -> List.of("method " + String.join(" ", methods));
            case RouteCondition.Client(List<AddressRange> ranges) -> AclValues.sources(ranges);
            case RouteCondition.ExactPath path -> throw new IllegalArgumentException("a part of the path: " + path);
            case RouteCondition.Path path -> throw new IllegalArgumentException("a part of the path: " + path);
        };
    }

    private static String matches(String fetch, Optional<String> value) {
        return fetch
                + value.map(text -> " -m str -- " + HaproxyQuoting.quote(text)).orElse(" -m found");
    }
}
