package io.interlock.traefik;

import io.interlock.api.dialect.DialectField;
import io.interlock.traefik.rule.RuleException;
import io.interlock.traefik.rule.SniRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the routers for TCP of one container. A router that cannot be understood gets no connections. */
final class TcpRouterReader {

    /** Options that protect nobody. */
    private static final List<String> HARMLESS = List.of("priority", "rulesyntax", "tls.certresolver");

    private final TraefikConfig config;
    private final LabelTree tree;
    private final FindingRecorder findings;

    TcpRouterReader(TraefikConfig config, LabelTree tree, FindingRecorder findings) {
        this.config = config;
        this.tree = tree;
        this.findings = findings;
    }

    /** Adds the routes of all routers. */
    void addTo(Map<String, Map<String, DialectField>> routes) {
        tree.sections("tcp.routers").values().forEach(router -> read(router, routes));
    }

    private void read(LabelSection router, Map<String, Map<String, DialectField>> routes) {
        LabelValue any = router.all().values().iterator().next();
        Optional<LabelValue> rule = router.get("rule");
        if (rule.isEmpty()) {
            findings.lost(any, "belongs to a router without a rule");
            return;
        }
        RouteFields fields = new RouteFields();
        try {
            SniRule names = SniRule.of(rule.get().text());
            if (!mode(router, rule.get(), names, fields) || !middlewares(router, fields) || !service(router, fields)) {
                return;
            }
        } catch (RuleException e) {
            findings.lost(rule.get(), String.valueOf(e.getMessage()));
            return;
        }
        Optional<LabelValue> points = router.get("entrypoints");
        HARMLESS.forEach(router::get);
        router.below("tls.domains");
        if (!router.unread().isEmpty()) {
            router.unread()
                    .forEach((option, value) -> findings.lost(
                            value, "is no option of a router that is known; the router gets no connections"));
            return;
        }
        for (String point : points.map(LabelValue::elements).orElse(List.of())) {
            Optional<Integer> port = config.tcpPort(point);
            if (port.isEmpty()) {
                findings.lost(
                        points.orElseThrow(),
                        "names an entry point whose port is not in tcp_entry_points of plugins.dialect-traefik");
            } else if (routes.size() < RouteAssembler.MOST_ROUTES) {
                Map<String, DialectField> route = fields.fields();
                route.put("listen", DialectField.of(points.orElseThrow().label(), Integer.toString(port.get())));
                routes.put(RouteAssembler.name("tcp-" + router.name(), routes), route);
            }
        }
        if (points.isEmpty()) {
            findings.lost(any, "belongs to a router without entry points, which Interlock needs to know its port");
        }
    }

    private boolean mode(LabelSection router, LabelValue rule, SniRule names, RouteFields fields) {
        boolean passthrough =
                router.get("tls.passthrough").filter(LabelValue::isTrue).isPresent();
        Optional<LabelValue> tls = router.get("tls").filter(given -> !given.isFalse());
        if (!passthrough && (tls.isPresent() || router.has("tls."))) {
            findings.lost(
                    tls.orElse(rule), "ends TLS of TCP connections, for which there is no field; passthrough has one");
            return false;
        }
        if (!passthrough && !names.isEverything()) {
            findings.lost(rule, "names hosts of connections without TLS, which have no names");
            return false;
        }
        fields.set("mode", rule, passthrough ? "tls" : "tcp");
        if (passthrough) {
            fields.set("hostname", rule, names.names().getFirst());
            if (names.names().size() > 1) {
                fields.set(
                        "alias_domains",
                        rule,
                        names.names().subList(1, names.names().size()));
            }
            if (names.isEverything()) {
                // All connections of a port, with TLS or not.
                fields.set("mode", rule, "tcp");
            }
        }
        return true;
    }

    private boolean middlewares(LabelSection router, RouteFields fields) {
        Optional<LabelValue> named = router.get("middlewares");
        for (String name : named.map(LabelValue::elements).orElse(List.of())) {
            int at = name.indexOf('@');
            LabelSection section = tree.sections("tcp.middlewares").get(at < 0 ? name : name.substring(0, at));
            Optional<LabelValue> ranges = section == null
                    ? Optional.empty()
                    : section.get("ipallowlist.sourcerange").or(() -> section.get("ipwhitelist.sourcerange"));
            Optional<LabelValue> amount = section == null ? Optional.empty() : section.get("inflightconn.amount");
            boolean isUnderstood = section != null
                    && section.unread().isEmpty()
                    && (ranges.isPresent() ? !fields.has("allow") : amount.isPresent());
            if (!isUnderstood) {
                findings.lost(
                        named.orElseThrow(), "names a middleware that is not known; the router gets no connections");
                return false;
            }
            ranges.ifPresent(given -> fields.set("allow", given, given.elements()));
            amount.ifPresent(given -> fields.limit("max_conn", given, given.text()));
        }
        return true;
    }

    private boolean service(LabelSection router, RouteFields fields) {
        Map<String, LabelSection> services = tree.sections("tcp.services");
        Optional<LabelValue> named = router.get("service");
        Optional<LabelSection> service = named.isPresent()
                ? Optional.ofNullable(services.get(named.get().text().split("@", 2)[0]))
                : services.values().stream().findFirst();
        if (service.isEmpty() || (named.isEmpty() && services.size() > 1)) {
            findings.lost(
                    named.orElse(router.all().values().iterator().next()),
                    "belongs to a router without one of the container's services for TCP");
            return false;
        }
        service.get().get("loadbalancer.server.port").ifPresent(port -> fields.set("port", port, port.text()));
        service.get()
                .get("loadbalancer.proxyprotocol.version")
                .ifPresent(version ->
                        fields.set("send_proxy", version, version.text().equals("1") ? "v1" : "v2"));
        service.get().get("loadbalancer.terminationdelay");
        if (service.get()
                .get("loadbalancer.server.tls")
                .filter(given -> !given.isFalse())
                .isPresent()) {
            findings.lost(
                    router.all().values().iterator().next(),
                    "speaks TLS to the container, for which there is no field");
            return false;
        }
        return true;
    }
}
