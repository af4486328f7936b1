package io.interlock.app.status;

import io.interlock.api.status.HostEvent.Kind;
import io.interlock.api.status.Problem;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.inventory.EngineView;
import io.interlock.app.inventory.EngineView.Connection;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.topology.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what happened between two looks. */
final class Happenings {

    private final Observed before;
    private final Observed after;
    private final List<Happening> found = new ArrayList<>();

    private Happenings(Observed before, Observed after) {
        this.before = before;
        this.after = after;
    }

    /** In the order of engines, servers, problems. */
    static List<Happening> between(Observed before, Observed after) {
        Happenings happenings = new Happenings(before, after);
        new TreeMap<>(after.inventory().engines()).values().forEach(happenings::engine);
        if (!before.wanted().equals(after.wanted())) {
            happenings.servers();
        }
        if (!before.findings().equals(after.findings())) {
            happenings.problems();
        }
        return happenings.found;
    }

    /** What has changed about plugins. */
    static List<Happening> ofPlugins(List<PluginReport> before, List<PluginReport> after) {
        List<Happening> happenings = new ArrayList<>();
        after.stream()
                .filter(report -> report.state() != PluginReport.State.STARTING && !before.contains(report))
                .forEach(report -> happenings.add(plugin(
                        report,
                        report.state().name().toLowerCase(Locale.ROOT)
                                + (report.detail().isEmpty() ? "" : ": " + report.detail()))));
        Set<String> ids = after.stream().map(PluginReport::id).collect(Collectors.toSet());
        before.stream()
                .filter(report -> !ids.contains(report.id()))
                .forEach(report -> happenings.add(plugin(report, "gone")));
        return happenings;
    }

    private static Happening plugin(PluginReport report, String what) {
        return Happening.of(
                Kind.PLUGIN,
                report.id(),
                report.version().map(version -> "version " + version + " ").orElse("") + what);
    }

    private void engine(EngineView now) {
        EngineView earlier = before.inventory().engines().get(now.engineId());
        Connection former = earlier == null ? new Connection.Unknown() : earlier.connection();
        if (former.equals(now.connection())) {
            return;
        }
        switch (now.connection()) {
            case Connection.Connected connected ->
                tell(Kind.ENGINE_CONNECTED, now.engineId(), now.containers().size() + " containers run");
            case Connection.Unreachable lost -> tell(Kind.ENGINE_LOST, now.engineId(), lost.reason());
            case Connection.Unknown unknown ->
                unknown.reason().ifPresent(reason -> tell(Kind.ENGINE_LOST, now.engineId(), reason));
        }
    }

    private void tell(Kind kind, String subject, String text) {
        found.add(Happening.of(kind, subject, text));
    }

    private void servers() {
        Map<String, Backend> former = byName(before.wanted().topology());
        Map<String, Backend> present = byName(after.wanted().topology());
        Map<String, String> formerHosts = hostsByBackend(before.wanted().topology());
        Map<String, String> hosts = hostsByBackend(after.wanted().topology());
        former.forEach((name, backend) -> {
            Map<String, Server> now = byId(present.get(name));
            backend.servers().stream()
                    .filter(server -> !now.containsKey(server.id()))
                    .forEach(
                            server -> server(Kind.SERVER_REMOVED, backend, server, formerHosts.getOrDefault(name, "")));
        });
        present.forEach((name, backend) -> {
            if (!backend.equals(former.get(name))) {
                Map<String, Server> earlier = byId(former.get(name));
                backend.servers()
                        .forEach(server -> arrived(
                                backend,
                                Optional.ofNullable(earlier.get(server.id())),
                                server,
                                hosts.getOrDefault(name, "")));
            }
        });
    }

    private void arrived(Backend backend, Optional<Server> earlier, Server server, String hosts) {
        boolean drains = server.state() == ServerState.DRAINING;
        if (drains
                && earlier.map(Server::state).filter(ServerState.READY::equals).isPresent()) {
            server(Kind.SERVER_DRAINING, backend, server, hosts);
        } else if (earlier.isEmpty()
                || earlier.get().port() != server.port()
                || !earlier.get().address().equals(server.address())
                || (!drains && earlier.get().state() == ServerState.DRAINING)) {
            server(Kind.SERVER_ADDED, backend, server, hosts);
        }
    }

    private void server(Kind kind, Backend backend, Server server, String hosts) {
        found.add(new Happening(
                kind,
                server.name(),
                Optional.of(server.id()),
                Optional.of(backend.name()),
                hosts + " at " + server.address().getHostAddress() + " port " + server.port()));
    }

    private static Map<String, Backend> byName(Topology topology) {
        Map<String, Backend> byName = new TreeMap<>();
        topology.backends().forEach(backend -> byName.put(backend.name(), backend));
        return byName;
    }

    private static Map<String, Server> byId(@Nullable Backend backend) {
        Map<String, Server> byId = new HashMap<>();
        if (backend != null) {
            backend.servers().forEach(server -> byId.put(server.id(), server));
        }
        return byId;
    }

    private static Map<String, String> hostsByBackend(Topology topology) {
        Map<String, String> hosts = new HashMap<>();
        for (VirtualHost virtualHost : topology.virtualHosts()) {
            String names =
                    virtualHost.hostNames().stream().map(Object::toString).collect(Collectors.joining(", "));
            virtualHost.routes().forEach(route -> hosts.putIfAbsent(route.backendName(), names));
        }
        return hosts;
    }

    private void problems() {
        Set<Finding> former = new HashSet<>(before.findings());
        Set<Finding> present = new HashSet<>(after.findings());
        after.findings().stream()
                .filter(finding -> isProblem(finding) && !former.contains(finding))
                .forEach(finding -> problem(Kind.PROBLEM, finding));
        before.findings().stream()
                .filter(finding -> isProblem(finding) && !present.contains(finding))
                .forEach(finding -> problem(Kind.PROBLEM_SOLVED, finding));
    }

    /** A start is none: every container goes through it. */
    private static boolean isProblem(Finding finding) {
        return switch (finding.severity()) {
            case IGNORED, WAITING, LEFT_OUT -> true;
            case NOT_ADDRESSED, CHOICE, STARTING -> false;
        };
    }

    private void problem(Kind kind, Finding finding) {
        Problem problem = Problems.ofFinding(finding);
        found.add(new Happening(
                kind,
                problem.subject(),
                problem.container(),
                Optional.empty(),
                problem.field() + (problem.value().isEmpty() ? "" : " \"" + problem.value() + "\"") + ": "
                        + problem.reason()));
    }
}
