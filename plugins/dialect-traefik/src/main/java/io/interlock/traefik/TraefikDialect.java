package io.interlock.traefik;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Translates the labels that a container has for Traefik. */
final class TraefikDialect implements LabelDialect {

    /** Beginnings of labels that protect nobody. */
    private static final List<String> WITHOUT_FIELD =
            List.of("traefik.http.serverstransports.", "traefik.tcp.serverstransports.", "traefik.tls.");

    private static final List<String> PROTOCOLS = List.of("traefik.http.", "traefik.tcp.");

    private final TraefikConfig config;
    private final DialectSources sources;

    TraefikDialect(TraefikConfig config) {
        this.config = config;
        this.sources = new DialectSources(
                Set.of(LabelTree.PREFIX),
                Set.of(),
                config.isExposedByDefault() && config.defaultRule().isPresent());
    }

    @Override
    public DialectSources sources() {
        return sources;
    }

    @Override
    public DialectTranslation translate(DialectInput container) {
        LabelTree tree = new LabelTree(container.labels().entrySet());
        FindingRecorder findings = new FindingRecorder();
        Optional<LabelValue> enable = tree.general("enable");
        if (container.labels().isEmpty() && !sources.everyContainer()) {
            return DialectTranslation.NOTHING;
        }
        if (enable.filter(given -> given.text().isEmpty() || !(given.isTrue() || given.isFalse()))
                .isPresent()) {
            findings.leftOut(enable.get(), "expected true or false", "");
        } else if (enable.isPresent() ? enable.get().isFalse() : !config.isExposedByDefault()) {
            String source = enable.map(LabelValue::label)
                    .orElseGet(() -> container.labels().keySet().iterator().next());
            return new DialectTranslation(Map.of("enable", DialectField.of(source, "false")), Map.of(), List.of());
        }
        Map<String, DialectField> fields = new TreeMap<>();
        Map<String, Map<String, DialectField>> routes = routes(container, tree, findings);
        network(container, tree, findings).ifPresent(network -> fields.put("network", network));
        tree.others().forEach(other -> other(other, findings));
        tree.twice()
                .forEach(label -> findings.leftOut(
                        label, "is there twice, in upper and lower case; only one of them counts in Traefik", ""));
        if (routes.size() == 1) {
            routes.values().iterator().next().forEach(fields::put);
            return new DialectTranslation(fields, Map.of(), findings.findings());
        }
        return new DialectTranslation(fields, routes, findings.findings());
    }

    private Map<String, Map<String, DialectField>> routes(
            DialectInput container, LabelTree tree, FindingRecorder findings) {
        Map<String, LabelSection> routers = tree.sections("http.routers");
        Optional<String> defaultRule = config.defaultRule()
                .map(rule -> DefaultRuleTemplate.expand(rule, container.name(), container.labels()));
        boolean isImplied = routers.isEmpty()
                && tree.sections("tcp.routers").isEmpty()
                && tree.others().stream().noneMatch(TraefikDialect::isOfUdp);
        LabelSection implied = new LabelSection(container.name());
        if (isImplied) {
            String source = container.labels().keySet().stream().findFirst().orElse("");
            implied.add("rule", new LabelValue(source, "rule", ""));
        }
        MiddlewareReader middlewares = new MiddlewareReader(config, tree.sections("http.middlewares"), findings);
        List<RouterEntry> entries = new HttpRouterReader(config, tree, middlewares, findings)
                .read(isImplied ? List.of(implied) : routers.values(), defaultRule);
        Map<String, Map<String, DialectField>> routes = new RouteAssembler(entries, findings).assemble();
        new TcpRouterReader(config, tree, findings).addTo(routes);
        return routes;
    }

    private Optional<DialectField> network(DialectInput container, LabelTree tree, FindingRecorder findings) {
        Optional<LabelValue> given = tree.general("docker.network").or(() -> tree.general("swarm.network"));
        if (given.isPresent()) {
            if (container.networks().contains(given.get().text())) {
                return Optional.of(
                        DialectField.of(given.get().label(), given.get().text()));
            }
            findings.differs(given.get(), "is a network that the container is not in; Interlock chooses one");
            return Optional.empty();
        }
        return config.network()
                .filter(container.networks()::contains)
                .map(network -> new DialectField(Set.of(), List.of(network)));
    }

    private static boolean isOfUdp(LabelValue label) {
        return label.label().toLowerCase(Locale.ROOT).startsWith("traefik.udp.");
    }

    private static void other(LabelValue label, FindingRecorder findings) {
        String name = label.label().toLowerCase(Locale.ROOT);
        if (isOfUdp(label)) {
            findings.lost(label, "is about UDP, which Interlock does not serve");
        } else if (WITHOUT_FIELD.stream().anyMatch(name::startsWith)) {
            findings.lost(label, "has no field");
        } else if (PROTOCOLS.stream().anyMatch(name::startsWith)) {
            findings.leftOut(
                    label,
                    "is no label that Traefik knows; Traefik does not serve the container either",
                    "correct or remove the label");
        } else {
            findings.leftOut(
                    label,
                    "is no label of Traefik 2 or 3; it may be one of Traefik 1 that protects the container",
                    "remove it, or give the container fields of Interlock's");
        }
    }
}
