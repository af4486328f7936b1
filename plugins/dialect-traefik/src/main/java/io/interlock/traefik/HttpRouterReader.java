package io.interlock.traefik;

import io.interlock.traefik.rule.RouteMatch;
import io.interlock.traefik.rule.RuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the routers for HTTP of one container. */
final class HttpRouterReader {

    private static final int HIGHEST = 1_000;

    private final TraefikConfig config;
    private final LabelTree tree;
    private final MiddlewareReader middlewares;
    private final FindingRecorder findings;

    HttpRouterReader(TraefikConfig config, LabelTree tree, MiddlewareReader middlewares, FindingRecorder findings) {
        this.config = config;
        this.tree = tree;
        this.middlewares = middlewares;
        this.findings = findings;
    }

    /**
     * Returns what the routers ask for.
     *
     * @param routers with at least one label each
     * @param defaultRule the rule of routers without one; empty if there is none
     */
    List<RouterEntry> read(Iterable<LabelSection> routers, Optional<String> defaultRule) {
        List<RouterEntry> entries = new ArrayList<>();
        for (LabelSection router : routers) {
            List<RouterEntry> more = read(router, defaultRule);
            if (entries.size() + more.size() > RouteMatch.MOST) {
                findings.leftOut(
                        more.getFirst().rule(),
                        "belongs to routers that have more than " + RouteMatch.MOST
                                + " combinations of a host name with a path together",
                        "");
                return List.of();
            }
            entries.addAll(more);
        }
        return entries;
    }

    private List<RouterEntry> read(LabelSection router, Optional<String> defaultRule) {
        LabelValue any = router.all().values().iterator().next();
        Optional<LabelValue> rule = router.get("rule")
                .filter(given -> !given.text().isEmpty())
                .or(() -> defaultRule.map(text -> new LabelValue(any.label(), any.option(), text)));
        if (rule.isEmpty()) {
            findings.leftOut(
                    any,
                    "belongs to a router without a rule, for which Traefik uses its default rule",
                    "set default_rule of plugins.dialect-traefik in the configuration, or give the router a rule");
            return List.of();
        }
        List<RouteMatch> matches;
        try {
            matches = RouteMatch.of(rule.get().text());
        } catch (RuleException e) {
            findings.leftOut(
                    rule.get(),
                    String.valueOf(e.getMessage()),
                    "give the container fields of Interlock's instead, such as interlock.hostname, path and match_headers");
            return List.of();
        }
        RouteFields fields = new RouteFields();
        middlewares.apply(config.middlewaresOfAll(), fields);
        router.get("middlewares").ifPresent(names -> middlewares.apply(names, fields));
        service(router, rule.get(), fields);
        priority(router, rule.get(), fields);
        certificate(router, fields);
        List<RouterEntry> entries = new ArrayList<>();
        for (Optional<LabelValue> https : schemes(router)) {
            matches.forEach(match -> entries.add(new RouterEntry(router.name(), rule.get(), match, https, fields)));
        }
        router.get("rulesyntax");
        router.unread().forEach((option, value) -> {
            if (!option.startsWith("observability")) {
                fields.close(value);
                findings.closed(
                        value,
                        "is no option of a router that is known; it may name what protects the container",
                        "correct or remove the label");
            }
        });
        return entries;
    }

    /** Returns how requests come: not at all, over HTTP, over HTTPS, or both. */
    private List<Optional<LabelValue>> schemes(LabelSection router) {
        Optional<LabelValue> tls = router.get("tls")
                .filter(given -> !given.isFalse())
                .or(() -> router.all().entrySet().stream()
                        .filter(option -> option.getKey().startsWith("tls."))
                        .map(Map.Entry::getValue)
                        .findFirst());
        Optional<LabelValue> points = router.get("entrypoints");
        List<String> names = points.map(LabelValue::elements).orElse(List.of());
        if (names.isEmpty()) {
            return List.of(tls);
        }
        Map<Boolean, Optional<LabelValue>> schemes = new HashMap<>();
        for (String name : names) {
            if (config.isHttps(name) || (config.isHttp(name) && tls.isPresent())) {
                schemes.put(true, points);
            } else if (config.isHttp(name)) {
                schemes.put(false, Optional.empty());
            } else {
                findings.lost(
                        points.orElseThrow(),
                        "names an entry point that is neither in http_entry_points nor in https_entry_points of"
                                + " plugins.dialect-traefik; there, the router serves nothing");
            }
        }
        return List.copyOf(schemes.values());
    }

    private void service(LabelSection router, LabelValue rule, RouteFields fields) {
        Map<String, LabelSection> services = tree.sections("http.services");
        Optional<LabelValue> named =
                router.get("service").filter(given -> !given.text().isEmpty());
        if (named.isEmpty()) {
            if (services.size() > 1) {
                findings.leftOut(
                        rule,
                        "belongs to a router that names none of several services",
                        "name the service with traefik.http.routers." + router.name() + ".service");
            }
            services.values().stream().findFirst().ifPresent(only -> new ServiceReader(findings).read(only, fields));
            return;
        }
        String name = named.get().text();
        int at = name.indexOf('@');
        LabelSection service = services.get(at < 0 ? name : name.substring(0, at));
        if (name.equals("noop@internal")) {
            if (fields.redirect().isEmpty()) {
                fields.close(named.get());
                findings.closed(named.get(), "serves nothing", "");
            }
        } else if (name.endsWith("@internal")) {
            findings.leftOut(named.get(), "is a service of Traefik itself, for example its dashboard", "");
        } else if (service == null || (at > 0 && !name.endsWith("@docker") && !name.endsWith("@swarm"))) {
            findings.leftOut(named.get(), "is a service that the labels of this container do not have", "");
        } else {
            new ServiceReader(findings).read(service, fields);
        }
    }

    /**
     * In Traefik, a router without a priority has the length of its rule. In Interlock it has 0, and longer paths come first. A
     * priority is below all routers without one if it is at most the length of the rule, and above them otherwise.
     */
    private void priority(LabelSection router, LabelValue rule, RouteFields fields) {
        Optional<LabelValue> priority =
                router.get("priority").filter(given -> !given.text().equals("0"));
        priority.ifPresent(given -> {
            Optional<Long> number = DurationReader.number(given.text());
            if (number.isEmpty()) {
                fields.set("priority", given, Integer.toString(-HIGHEST));
                findings.differs(given, "is no number from 1 on; the router comes last");
            } else if (number.get() <= rule.text().length()) {
                fields.set("priority", given, Long.toString(Math.min(-1, number.get() - HIGHEST)));
            } else {
                fields.set("priority", given, Long.toString(Math.min(HIGHEST, number.get())));
            }
        });
    }

    private void certificate(LabelSection router, RouteFields fields) {
        router.get("tls.certresolver")
                .filter(given -> !given.text().isEmpty())
                .ifPresent(given -> fields.set("tls", given, "acme"));
        router.below("tls.domains")
                .values()
                .forEach(given -> findings.lost(
                        given,
                        "asks for a certificate of certain names; Interlock gets one for each name that is served"));
        router.get("tls.options")
                .filter(given ->
                        !given.text().equals("default") && !given.text().startsWith("default@"))
                .ifPresent(given -> {
                    fields.close(given);
                    findings.closed(
                            given,
                            "is defined elsewhere and may ask for certificates of clients",
                            "remove the label, and protect the container with fields of Interlock's, such as"
                                    + " interlock.tls_min_version");
                });
    }
}
