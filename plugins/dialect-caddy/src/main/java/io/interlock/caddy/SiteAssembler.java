package io.interlock.caddy;

import io.interlock.api.dialect.DialectField;
import io.interlock.caddy.SiteHandler.Modifier;
import io.interlock.caddy.label.CaddyDirective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Assembles routes from what answers requests of a site. A directive for a part of the requests of a route makes a route of its
 * own.
 */
final class SiteAssembler {

    /** Beyond it, Interlock refuses the container. */
    private static final int MOST_ROUTES = 51;

    private final CaddyFindings findings;
    private final ModifierReader modifiers;

    SiteAssembler(CaddyConfig config, CaddyFindings findings) {
        this.findings = findings;
        this.modifiers = new ModifierReader(config, findings);
    }

    /** Returns the fields of each route of a site, without its names, in the order in which Caddy tries them. */
    List<Map<String, DialectField>> assemble(List<SiteHandler> handlers) {
        List<SiteHandler> parts = new ArrayList<>();
        for (SiteHandler handler : handlers) {
            for (RequestMatch match : parts(handler)) {
                if (parts.size() < MOST_ROUTES
                        && parts.stream().noneMatch(part -> part.match().equals(match))) {
                    parts.add(handler.with(match));
                }
            }
        }
        handlers.stream()
                .flatMap(handler -> handler.modifiers().stream())
                .filter(modifier -> isRedirectOutside(modifier, parts))
                .map(Modifier::directive)
                .distinct()
                .forEach(directive -> findings.lost(directive, "redirects requests that the container does not get"));
        boolean isOrdered =
                parts.size() > 1 && parts.stream().anyMatch(part -> part.match().isConditional());
        List<Map<String, DialectField>> routes = new ArrayList<>();
        for (SiteHandler part : parts) {
            HandlerFields fields = new HandlerFields();
            match(part, fields);
            part.modifiers().forEach(modifier -> apply(modifier, part, parts, fields));
            answer(part, fields);
            if (isOrdered) {
                fields.set("priority", part.directive(), Integer.toString(parts.size() - routes.size()));
            }
            routes.add(fields.fields());
        }
        return withPorts(routes);
    }

    private static boolean isRedirectOutside(Modifier modifier, List<SiteHandler> parts) {
        return modifier.directive().name().equals("redir")
                && modifier.matches().orElse(List.of()).stream()
                        .anyMatch(match -> parts.stream().allMatch(part -> match.isApartFrom(part.match())));
    }

    /** A route that only refuses or redirects needs a port, too: a container may have several. */
    private static List<Map<String, DialectField>> withPorts(List<Map<String, DialectField>> routes) {
        DialectField port = routes.stream()
                .flatMap(route -> Optional.ofNullable(route.get("port")).stream())
                .findFirst()
                .orElse(new DialectField(Set.of(), List.of("80")));
        routes.forEach(route -> route.putIfAbsent("port", port));
        return routes;
    }

    /** Returns the requests of a handler, those first for which some directive makes a difference. */
    private static List<RequestMatch> parts(SiteHandler handler) {
        Set<RequestMatch> narrower = new LinkedHashSet<>();
        for (Modifier modifier : handler.modifiers()) {
            boolean splits = !modifier.directive().name().equals("redir");
            for (RequestMatch match : splits ? modifier.matches().orElse(List.of()) : List.<RequestMatch>of()) {
                RequestMatch requests = SiteBlockReader.requests(modifier, match);
                requests.and(handler.match())
                        .filter(both -> both.others().isEmpty() && !requests.covers(handler.match()))
                        .map(RequestMatch::withoutOthers)
                        .ifPresent(narrower::add);
            }
        }
        List<RequestMatch> all = new ArrayList<>(narrower.stream()
                .limit(MOST_ROUTES)
                .sorted(Comparator.comparingInt(RequestMatch::pathRank)
                        .thenComparingInt(match -> match.conditions().size())
                        .reversed())
                .toList());
        all.add(handler.match());
        return all;
    }

    private static void match(SiteHandler part, HandlerFields fields) {
        RequestMatch match = part.match();
        if (!match.path().isEmpty()) {
            fields.set("path", part.directive(), match.path());
            if (match.isExact()) {
                fields.set("path_match", part.directive(), "exact");
            }
        }
        match.conditions().forEach((field, values) -> fields.set(field, part.directive(), values));
        if (!match.hosts().isEmpty()) {
            fields.set("hostname", part.directive(), match.hosts().getFirst());
            if (match.hosts().size() > 1) {
                fields.set(
                        "alias_domains",
                        part.directive(),
                        match.hosts().subList(1, match.hosts().size()));
            }
        }
    }

    private void apply(Modifier modifier, SiteHandler part, List<SiteHandler> parts, HandlerFields fields) {
        CaddyDirective directive = modifier.directive();
        boolean isHarmless = ModifierReader.isHarmless(directive.name());
        if (directive.name().equals("redir")) {
            new RedirectReader(findings).read(modifier, part, fields);
            return;
        }
        if (modifier.matches().isEmpty()) {
            unclear(directive, isHarmless, fields);
            return;
        }
        for (RequestMatch match : modifier.matches().get()) {
            RequestMatch requests = SiteBlockReader.requests(modifier, match);
            if (requests.covers(part.match())) {
                width(directive, match, isHarmless);
                modifiers.apply(modifier, part, fields);
                return;
            }
            boolean hasPart = parts.stream()
                    .anyMatch(other ->
                            requests.covers(other.match()) && part.match().covers(other.match()));
            if (!requests.isApartFrom(part.match()) && !hasPart) {
                unclear(directive, isHarmless, fields);
                return;
            }
        }
    }

    private void width(CaddyDirective directive, RequestMatch match, boolean isHarmless) {
        if (match.isOpenEnded() && !isHarmless) {
            findings.leftOut(
                    directive,
                    "is for all paths that begin with a text; Interlock's path means whole segments",
                    "end the path with /*");
        } else if (!match.path().isEmpty() && !isHarmless) {
            findings.differs(
                    directive,
                    "a path means " + (match.isExact() ? "itself" : "whole segments")
                            + ", in upper or lower case as given: " + match.path());
        }
    }

    private void unclear(CaddyDirective directive, boolean isHarmless, HandlerFields fields) {
        if (isHarmless) {
            findings.lost(directive, "is for a part of the requests that Interlock's fields cannot say");
        } else {
            modifiers.close(directive, "is for a part of the requests that Interlock's fields cannot say", fields);
        }
    }

    private void answer(SiteHandler part, HandlerFields fields) {
        CaddyDirective directive = part.directive();
        switch (directive.name()) {
            case "reverse_proxy" -> new ProxyDirectiveReader(findings).read(directive, part.arguments(), fields);
            case "redir" -> {}
            case "abort", "error", "respond" -> {
                fields.close(directive);
                if (SiteBlockReader.isRefusal(new Modifier(directive, Optional.empty(), part.arguments()))) {
                    findings.differs(directive, "requests get status 403");
                } else {
                    findings.closed(directive, "answers by itself, for which there is no field");
                }
            }
            default -> modifiers.close(directive, "has Caddy itself answer, for which there is no field", fields);
        }
        part.stripped().ifPresent(prefix -> strip(part, prefix, fields));
    }

    private void strip(SiteHandler part, String prefix, HandlerFields fields) {
        if (prefix.equals(ModifierReader.withoutSlash(part.match().path()))) {
            fields.set("strip_path", part.directive(), "true");
        } else if (!fields.has("deny")) {
            findings.leftOut(
                    part.directive(), "gets requests without a part of their path, for which there is no field", "");
        }
    }

    /** Returns a copy with the fields of a site; names of the route win, and a site that is closed stays closed. */
    static Map<String, DialectField> named(Map<String, DialectField> route, Map<String, DialectField> site) {
        Map<String, DialectField> fields = new TreeMap<>(site);
        if (route.containsKey("hostname")) {
            fields.remove("alias_domains");
        }
        boolean isClosed = site.containsKey("deny");
        route.forEach((field, value) -> {
            if (!isClosed || !field.equals("deny")) {
                fields.put(field, value);
            }
        });
        return fields;
    }
}
