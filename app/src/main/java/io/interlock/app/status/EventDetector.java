package io.interlock.app.status;

import io.interlock.api.status.InterlockEvent.Kind;
import io.interlock.api.status.Problem;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.topology.findings.Finding;
import io.interlock.util.CountText;
import io.interlock.util.SortedDiff;
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

/** Tells what happened from one look to the next. Confined to one thread. */
final class EventDetector {

    private PipelineSnapshot before = PipelineSnapshot.NOTHING;
    private final BackendHostNameIndex hosts = new BackendHostNameIndex();
    private List<EventDraft> found = new ArrayList<>();

    /** What happened since the last look, in the order of engines, servers, problems. */
    List<EventDraft> detect(PipelineSnapshot after) {
        found = new ArrayList<>();
        new TreeMap<>(after.inventory().engines()).values().forEach(this::engine);
        servers(after.snapshot().topology());
        if (!before.findings().equals(after.findings())) {
            problems(after);
        }
        before = after;
        return found;
    }

    /** What has changed about plugins. */
    static List<EventDraft> ofPlugins(List<PluginReport> before, List<PluginReport> after) {
        List<EventDraft> happenings = new ArrayList<>();
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

    private static EventDraft plugin(PluginReport report, String what) {
        return EventDraft.of(
                Kind.PLUGIN,
                report.id(),
                report.version().map(version -> "version " + version + " ").orElse("") + what);
    }

    private void engine(EngineSnapshot now) {
        EngineSnapshot earlier = before.inventory().engines().get(now.engineId());
        Connection former = earlier == null ? new Connection.Unknown() : earlier.connection();
        if (former.equals(now.connection())) {
            return;
        }
        switch (now.connection()) {
            case Connection.Connected connected ->
                tell(
                        Kind.ENGINE_CONNECTED,
                        now.engineId(),
                        CountText.of(now.containers().size(), "container runs", "containers run"));
            case Connection.Unreachable lost -> tell(Kind.ENGINE_LOST, now.engineId(), lost.reason());
            case Connection.Unknown unknown ->
                unknown.reason().ifPresent(reason -> tell(Kind.ENGINE_LOST, now.engineId(), reason));
        }
    }

    private void tell(Kind kind, String subject, String text) {
        found.add(EventDraft.of(kind, subject, text));
    }

    private void servers(Topology present) {
        Topology former = before.snapshot().topology();
        List<SortedDiff.Change<Backend>> changed = SortedDiff.between(former.backends(), present.backends());
        changed.forEach(pair -> pair.before().ifPresent(backend -> {
            Map<String, Server> now = byId(pair.after());
            backend.servers().stream()
                    .filter(server -> !now.containsKey(server.id()))
                    .forEach(server -> server(Kind.SERVER_REMOVED, backend, server));
        }));
        hosts.change(former.virtualHosts(), present.virtualHosts());
        changed.forEach(pair -> pair.after().ifPresent(backend -> {
            Map<String, Server> earlier = byId(pair.before());
            backend.servers()
                    .forEach(server -> arrived(backend, Optional.ofNullable(earlier.get(server.id())), server));
        }));
    }

    private void arrived(Backend backend, Optional<Server> earlier, Server server) {
        boolean drains = server.state() == ServerState.DRAINING;
        if (drains
                && earlier.map(Server::state).filter(ServerState.READY::equals).isPresent()) {
            server(Kind.SERVER_DRAINING, backend, server);
        } else if (earlier.isEmpty()
                || earlier.get().port() != server.port()
                || !earlier.get().address().equals(server.address())
                || (!drains && earlier.get().state() == ServerState.DRAINING)) {
            server(Kind.SERVER_ADDED, backend, server);
        }
    }

    private void server(Kind kind, Backend backend, Server server) {
        found.add(new EventDraft(
                kind,
                server.name(),
                Optional.of(server.id()),
                Optional.of(backend.name()),
                hosts.of(backend.name()) + " at " + server.address().getHostAddress() + " port " + server.port()));
    }

    private static Map<String, Server> byId(Optional<Backend> backend) {
        Map<String, Server> byId = new HashMap<>();
        backend.ifPresent(known -> known.servers().forEach(server -> byId.put(server.id(), server)));
        return byId;
    }

    private void problems(PipelineSnapshot after) {
        Set<Finding> former = new HashSet<>(before.findings());
        Set<Finding> present = new HashSet<>(after.findings());
        after.findings().stream()
                .filter(finding -> isProblem(finding) && !former.contains(finding))
                .forEach(
                        finding -> problem(finding.refused().isPresent() ? Kind.CLAIM_REFUSED : Kind.PROBLEM, finding));
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
        Problem problem = ProblemCollector.ofFinding(finding);
        found.add(new EventDraft(
                kind,
                problem.subject(),
                problem.container(),
                Optional.empty(),
                problem.field() + (problem.value().isEmpty() ? "" : " \"" + problem.value() + "\"") + ": "
                        + problem.description()));
    }
}
