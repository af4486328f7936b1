package io.interlock.traefik;

import io.interlock.api.dialect.DialectField;
import io.interlock.traefik.rule.RouteMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Assembles routes from what routers ask for. Interlock has one route for HTTP and HTTPS where Traefik has two routers, and serves
 * requests of HTTPS alone by a redirect.
 */
final class RouteAssembler {

    /** Beyond it, Interlock refuses the container. */
    static final int MOST_ROUTES = 51;

    private static final int LONGEST_NAME = 28;

    private final List<RouterEntry> entries;
    private final FindingRecorder findings;

    RouteAssembler(List<RouterEntry> entries, FindingRecorder findings) {
        this.entries = entries;
        this.findings = findings;
    }

    /** Requests for several host names to which the same happens. */
    private record SharedRoute(RouteMatch match, Map<String, List<String>> values) {}

    private record ResolvedRoute(RouterEntry entry, Map<String, DialectField> fields, List<String> hosts) {}

    /** Returns the fields of each route, by its name. */
    Map<String, Map<String, DialectField>> assemble() {
        Map<RouteMatch, List<RouterEntry>> byMatch = new LinkedHashMap<>();
        entries.forEach(entry ->
                byMatch.computeIfAbsent(entry.match(), any -> new ArrayList<>()).add(entry));
        Map<SharedRoute, ResolvedRoute> shared = new LinkedHashMap<>();
        byMatch.forEach((match, asked) -> choose(asked).ifPresent(chosen -> {
            Map<String, DialectField> fields = withMatch(chosen);
            if (!chosen.fields().isClosed()) {
                scheme(chosen, asked).ifPresent(ssl -> fields.put("ssl_only", ssl));
            }
            shared.computeIfAbsent(
                            new SharedRoute(match.with(""), values(fields)),
                            any -> new ResolvedRoute(chosen, fields, new ArrayList<>()))
                    .hosts()
                    .add(match.host());
        }));
        Map<String, Map<String, DialectField>> routes = new TreeMap<>();
        for (ResolvedRoute route : shared.values()) {
            if (routes.size() < MOST_ROUTES) {
                routes.put(name(route.entry().router(), routes), withHosts(route));
            }
        }
        return routes;
    }

    private static Map<String, List<String>> values(Map<String, DialectField> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().values()));
    }

    /** Returns the router whose fields count, of those for the same requests; empty if there is no route. */
    private Optional<RouterEntry> choose(List<RouterEntry> asked) {
        Optional<RouterEntry> closed =
                asked.stream().filter(entry -> entry.fields().isClosed()).findFirst();
        if (closed.isPresent()) {
            return closed;
        }
        List<RouterEntry> serving =
                asked.stream().filter(entry -> !entry.isRedirect()).toList();
        if (serving.isEmpty()) {
            return redirectAlone(asked.getFirst());
        }
        RouterEntry first = serving.stream()
                .filter(entry -> entry.https().isPresent())
                .findFirst()
                .orElseGet(serving::getFirst);
        for (RouterEntry other : serving) {
            if (!values(withMatch(other)).equals(values(withMatch(first)))) {
                findings.leftOut(
                        other.rule(),
                        "asks for the same requests as router " + first.router()
                                + ", with other middlewares or another service; Interlock has one route for HTTP and HTTPS",
                        "give both routers the same middlewares, or redirect the one for HTTP");
            }
        }
        return Optional.of(first);
    }

    /**
     * A router that only redirects makes no route: it would serve requests over HTTPS that no router serves. Routes of HTTPS
     * redirect by themselves. If the requests would go to a route of HTTP, they are refused.
     */
    private Optional<RouterEntry> redirectAlone(RouterEntry redirect) {
        boolean exposed = entries.stream()
                .anyMatch(entry -> entry.https().isEmpty()
                        && !entry.isRedirect()
                        && entry.match().host().equals(redirect.match().host()));
        boolean covered = entries.stream()
                .anyMatch(entry -> entry.https().isPresent()
                        && entry.match().host().equals(redirect.match().host()));
        if (exposed) {
            redirect.fields().close(redirect.rule());
            findings.closed(
                    redirect.rule(),
                    "belongs to a router that redirects to HTTPS, where no router serves the requests",
                    "");
            return Optional.of(redirect);
        }
        if (!covered) {
            findings.lost(
                    redirect.rule(),
                    "belongs to a router that only redirects to HTTPS; each route for HTTPS redirects by itself");
        }
        return Optional.empty();
    }

    private static Optional<DialectField> scheme(RouterEntry chosen, List<RouterEntry> asked) {
        Optional<DialectField> redirect = asked.stream()
                .filter(RouterEntry::isRedirect)
                .flatMap(entry -> entry.fields().redirect().stream())
                .findFirst();
        boolean plain = asked.stream().anyMatch(entry -> entry.https().isEmpty() && !entry.isRedirect());
        return plain
                ? Optional.empty()
                : redirect.or(() -> chosen.https().map(tls -> DialectField.of(tls.label(), "true")));
    }

    private Map<String, DialectField> withMatch(RouterEntry entry) {
        Map<String, DialectField> fields = entry.fields().fields();
        RouteMatch match = entry.match();
        String rule = entry.rule().label();
        match.path().ifPresent(path -> {
            fields.put("path", DialectField.of(rule, path));
            if (match.isExact()) {
                fields.put("path_match", DialectField.of(rule, "exact"));
            } else if (!path.endsWith("/")) {
                findings.differs(
                        entry.rule(), "PathPrefix means whole segments of a path: " + path + " and what is below it");
            }
        });
        list(fields, "match_paths", rule, match.expressions());
        if (!match.expressions().isEmpty()) {
            findings.differs(
                    entry.rule(), "routes with a longer path come before PathRegexp, however long the rules are");
        }
        list(fields, "match_headers", rule, match.headers());
        list(fields, "match_query", rule, match.query());
        list(fields, "match_methods", rule, match.methods());
        list(fields, "match_clients", rule, match.clients());
        entry.fields().stripped().ifPresent(prefixes -> strip(prefixes, match, fields));
        return fields;
    }

    private static void list(Map<String, DialectField> fields, String field, String rule, List<String> values) {
        if (!values.isEmpty()) {
            fields.put(field, DialectField.of(rule, values));
        }
    }

    private void strip(LabelValue prefixes, RouteMatch match, Map<String, DialectField> fields) {
        boolean isPath = match.path()
                .filter(path -> prefixes.elements().stream()
                        .anyMatch(prefix -> withoutSlash(prefix).equals(withoutSlash(path))))
                .isPresent();
        if (isPath) {
            fields.put("strip_path", DialectField.of(prefixes.label(), "true"));
        } else if (prefixes.elements().stream()
                .anyMatch(prefix -> !withoutSlash(prefix).isEmpty())) {
            findings.lost(
                    prefixes, "removes another part of the path than that of the rule, for which there is no field");
        }
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Map<String, DialectField> withHosts(ResolvedRoute route) {
        Map<String, DialectField> fields = new TreeMap<>(route.fields());
        String rule = route.entry().rule().label();
        fields.put("hostname", DialectField.of(rule, route.hosts().getFirst()));
        if (route.hosts().size() > 1) {
            fields.put(
                    "alias_domains",
                    DialectField.of(rule, route.hosts().subList(1, route.hosts().size())));
        }
        return fields;
    }

    /** Returns a name that a route of Interlock can have, and that is not taken. */
    static String name(String router, Map<String, ?> taken) {
        String plain = router.replaceAll("[^A-Za-z0-9_-]", "-");
        String base = plain.isEmpty() ? "r" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        String name = base;
        for (int i = 2; taken.containsKey(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
