package io.interlock.app.status.explain;

import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.Explanation.RequestPath;
import io.interlock.api.status.Explanation.Verdict;
import io.interlock.api.status.Problem;
import io.interlock.api.topology.HostName;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.ServiceServerName;
import io.interlock.app.status.ProblemCollector;
import io.interlock.app.status.StatusView;
import io.interlock.app.topology.HostNameLister;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Containers, and the names that they ask for, served or not. */
final class ContainerFinder {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{4,64}");

    private final StatusView view;
    private final Map<String, ContainerStatus> byServerId;

    ContainerFinder(StatusView view) {
        this.view = view;
        this.byServerId = view.status().containers().stream()
                .collect(Collectors.toMap(ContainerStatus::serverId, container -> container, (one, other) -> one));
    }

    /** Those with this name, and the servers of a service of this name, else those whose id begins so; with {@code ENGINE/} before it, of that engine alone. */
    List<ContainerStatus> named(String text) {
        int slash = text.indexOf('/');
        Optional<String> engine = slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
        String name = text.substring(slash + 1);
        List<ContainerStatus> candidates = view.status().containers().stream()
                .filter(container -> engine.isEmpty() || engine.get().equals(container.engineId()))
                .toList();
        List<ContainerStatus> exact = candidates.stream()
                .filter(container -> container.name().equals(name))
                .toList();
        List<ContainerStatus> ofService = candidates.stream()
                .filter(container -> container.engineId().equals(ContainerKey.SERVICES))
                .filter(container -> isOf(container.name(), name))
                .toList();
        if (!exact.isEmpty() || !ofService.isEmpty() || !ID.matcher(name).matches()) {
            return Stream.concat(exact.stream(), ofService.stream()).distinct().toList();
        }
        return candidates.stream()
                .filter(container -> container.id().startsWith(name))
                .toList();
    }

    private static boolean isOf(String server, String service) {
        String file = ServiceServerName.file(server);
        return file.equals(service) || file.equals(service + ".json");
    }

    /** Those that ask for a host name. */
    List<ContainerStatus> of(HostName name) {
        return view.pipeline().inventory().engines().values().stream()
                .map(EngineSnapshot::containers)
                .flatMap(containers -> containers.values().stream())
                .filter(facts -> claims(facts, name, view.dialects()))
                .flatMap(facts -> Optional.ofNullable(byServerId.get(ProblemCollector.serverId(facts.key()))).stream())
                .sorted(Comparator.comparing(ContainerStatus::serverId))
                .toList();
    }

    private static boolean claims(ContainerFacts facts, HostName name, DialectSet dialects) {
        List<HostName> names = HostNameLister.of(facts, dialects);
        return names.stream().anyMatch(claimed -> claimed.equals(name) || (name.isExact() && includes(claimed, name)));
    }

    private static boolean includes(HostName claimed, HostName name) {
        return claimed.isAny()
                || (claimed.isWildcard() && name.value().endsWith("." + claimed.domain()))
                || (claimed.isExpression() && name.value().matches(claimed.expression()));
    }

    /** All that was found about them. */
    List<Problem> problems(List<ContainerStatus> containers) {
        Set<String> ids = containers.stream().map(ContainerStatus::serverId).collect(Collectors.toSet());
        return allProblems()
                .filter(problem -> problem.container().filter(ids::contains).isPresent())
                .toList();
    }

    /** What was found about a value that is just what was asked for, a name that could not be taken say. */
    List<Problem> mentioning(ExplanationQuestion question) {
        return allProblems()
                .filter(problem -> problem.value().equalsIgnoreCase(question.text()))
                .toList();
    }

    private Stream<Problem> allProblems() {
        return view.pipeline().findings().stream().map(ProblemCollector::ofFinding);
    }

    /** Whether requests reach one of these containers. */
    Verdict verdict(List<ContainerStatus> containers, List<RequestPath> ways) {
        if (containers.stream().allMatch(container -> container.backendNames().isEmpty())) {
            return Verdict.NOT_SERVED;
        }
        Set<String> ids = containers.stream().map(ContainerStatus::serverId).collect(Collectors.toSet());
        boolean reached = ways.stream()
                .flatMap(way -> way.servers().stream())
                .anyMatch(served -> ids.contains(served.server().id()) && RequestPathResolver.takesRequests(served));
        return reached ? Verdict.SERVED : Verdict.UNAVAILABLE;
    }

    String summary(ContainerStatus container, List<RequestPath> ways) {
        String names = ways.stream()
                .flatMap(way -> way.hostNames().stream())
                .map(HostName::value)
                .distinct()
                .collect(Collectors.joining(", "));
        String who = container.engineId().equals(ContainerKey.SERVICES)
                ? "server " + container.name() + " of " + ServiceServerName.file(container.name())
                : "container " + container.name() + " on engine " + container.engineId();
        return who
                + switch (container.outcome()) {
                    case SERVED -> " is served as " + names;
                    case DRAINING -> " is about to stop and finishes what it has as " + names;
                    case STARTING -> " is not served yet: its process has not been seen to listen";
                    case WAITING -> " is not served for now, because of " + container.reason();
                    case LEFT_OUT -> " asks to be served and cannot be, because of " + container.reason();
                    case NOT_ADDRESSED -> " never asked to be served";
                };
    }
}
