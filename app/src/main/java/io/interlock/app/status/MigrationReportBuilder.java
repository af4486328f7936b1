package io.interlock.app.status;

import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Topology;
import io.interlock.app.dialect.NamedDialect;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.status.MigrationReport.MigratedContainer;
import io.interlock.app.status.MigrationReport.MigrationRemark;
import io.interlock.app.status.MigrationReport.Verdict;
import io.interlock.app.topology.findings.Finding;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Builds the report on a migration from a view of what would be served. Pure. */
public final class MigrationReportBuilder {

    private static final String NOT_ENABLED = "enable";

    private final Map<ContainerKey, List<Finding>> findings;
    private final Map<String, TreeSet<String>> routes = new HashMap<>();

    private MigrationReportBuilder(StatusView view) {
        this.findings = view.pipeline().findings().stream().collect(Collectors.groupingBy(Finding::container));
        Topology topology = view.pipeline().snapshot().topology();
        Map<String, List<String>> servers = new HashMap<>();
        topology.backends()
                .forEach(backend -> servers.put(
                        backend.name(),
                        backend.servers().stream().map(server -> server.id()).toList()));
        topology.virtualHosts()
                .forEach(host -> host.routes()
                        .forEach(route -> host.hostNames()
                                .forEach(name -> add(servers, route.backendName(), name.value() + path(route)))));
        topology.tcpListeners()
                .forEach(listener -> listener.routes()
                        .forEach(route -> add(
                                servers,
                                route.backendName(),
                                "port " + listener.port()
                                        + route.serverName()
                                                .map(name -> " for " + name.value())
                                                .orElse(""))));
    }

    /**
     * Builds the report.
     *
     * @param name the dialect
     * @throws IllegalArgumentException if the dialect is not on, or an engine does not answer: its containers are not known
     */
    public static MigrationReport of(String name, StatusView view) {
        NamedDialect dialect = view.dialects().dialects().stream()
                .filter(named -> named.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dialect \"" + name + "\" is on"));
        for (EngineStatus engine : view.status().engines()) {
            if (engine.runsContainers() && engine.state() != EngineStatus.State.CONNECTED) {
                throw new IllegalArgumentException("engine " + engine.id() + " at " + engine.address()
                        + " does not answer: " + engine.reason().orElse("not reached in time"));
            }
        }
        MigrationReportBuilder report = new MigrationReportBuilder(view);
        List<MigratedContainer> containers = view.pipeline().inventory().engines().values().stream()
                .flatMap(engine -> engine.containers().values().stream())
                .sorted(Comparator.comparing(
                                (ContainerFacts facts) -> facts.key().engineId())
                        .thenComparing(ContainerFacts::name)
                        .thenComparing(facts -> facts.key().containerId()))
                .filter(facts -> !dialect.translate(facts).equals(DialectTranslation.NOTHING))
                .map(report::container)
                .toList();
        return new MigrationReport(
                name,
                containers.stream().allMatch(container -> container.verdict().compareTo(Verdict.LOSES) < 0),
                containers);
    }

    private void add(Map<String, List<String>> servers, String backend, String route) {
        servers.getOrDefault(backend, List.of())
                .forEach(server ->
                        routes.computeIfAbsent(server, any -> new TreeSet<>()).add(route));
    }

    private static String path(Route route) {
        List<RouteCondition> conditions = route.conditions().stream()
                .filter(condition -> !(condition instanceof RouteCondition.ExactPath))
                .toList();
        return (route.isForAllPaths() ? "" : route.exactPath().orElse(route.pathPrefix()))
                + (route.isExact() ? " alone" : "")
                + (conditions.isEmpty() ? "" : " with " + conditions);
    }

    private MigratedContainer container(ContainerFacts facts) {
        List<MigrationRemark> remarks = new ArrayList<>();
        Verdict verdict = Verdict.SAME;
        for (Finding finding : findings.getOrDefault(facts.key(), List.of())) {
            Verdict kind = kind(finding);
            verdict = kind.compareTo(verdict) > 0 ? kind : verdict;
            remarks.add(new MigrationRemark(
                    kind,
                    finding.field(),
                    finding.value(),
                    finding.text().reason(),
                    finding.text().effect(),
                    finding.text().advice()));
        }
        return new MigratedContainer(
                facts.key().engineId(),
                facts.key().containerId(),
                PrintableText.of(facts.name()),
                verdict,
                List.copyOf(routes.getOrDefault(
                        facts.key().engineId() + "/" + facts.key().containerId(), new TreeSet<>())),
                remarks);
    }

    private static Verdict kind(Finding finding) {
        return switch (finding.severity()) {
            case CHOICE -> Verdict.DIFFERS;
            case IGNORED -> Verdict.LOSES;
            case STARTING, WAITING -> Verdict.WAITING;
            case LEFT_OUT -> Verdict.NOT_SERVED;
            case NOT_ADDRESSED -> finding.field().equals(NOT_ENABLED) ? Verdict.OFF : Verdict.NOT_SERVED;
        };
    }
}
