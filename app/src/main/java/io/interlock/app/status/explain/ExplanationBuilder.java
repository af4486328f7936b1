package io.interlock.app.status.explain;

import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.Explanation;
import io.interlock.api.status.Explanation.Kind;
import io.interlock.api.status.Explanation.RequestPath;
import io.interlock.api.status.Explanation.Verdict;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.status.StatusView;
import io.interlock.app.topology.VirtualHostFinder.Match;
import io.interlock.app.topology.grouping.BackendNames;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.util.PathNormalForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Answers why something is served, or why not. Pure. */
public final class ExplanationBuilder {

    private final StatusView view;
    private final ExplanationQuestion question;
    private final RouteFinder finder;
    private final RequestPathResolver paths;
    private final ContainerFinder candidates;

    private ExplanationBuilder(StatusView view, ExplanationQuestion question) {
        this.view = view;
        this.question = question;
        this.finder = new RouteFinder(view.pipeline().snapshot().topology());
        this.paths = new RequestPathResolver(view, finder);
        this.candidates = new ContainerFinder(view);
    }

    /**
     * The answer.
     *
     * @param asked a host name, a URL, or a container's name or id
     */
    public static Explanation explain(String asked, StatusView view) {
        return new ExplanationBuilder(view, ExplanationQuestion.of(asked)).explain();
    }

    /** A name can be a host's and a container's; the host is what requests are about. */
    private Explanation explain() {
        Optional<Match> match = question.host().flatMap(finder::host);
        List<ContainerStatus> containers = candidates.named(question.text());
        // Where every name is a host's, a container's name is rather the container's.
        if (match.isPresent() && (containers.isEmpty() || !match.get().name().isAny())) {
            return served(match.get());
        }
        if (!containers.isEmpty()) {
            return container(containers);
        }
        List<ContainerStatus> claiming = question.host().map(candidates::of).orElse(List.of());
        if (!claiming.isEmpty()) {
            return claimed(claiming);
        }
        return unknown();
    }

    private Explanation served(Match match) {
        List<Problem> notes = new ArrayList<>(notesOnUrl());
        String requested = question.path();
        if (!RouteFinder.usesPaths(match.host())) {
            return served(match, requested, notes);
        }
        try {
            String normal = PathNormalForm.of(requested);
            if (!normal.equals(requested)) {
                notes.add(note("path", requested, "is brought into the normal form " + normal));
            }
            Optional<String> cut = PathNormalForm.withoutParameters(normal);
            if (cut.isPresent()
                    && !RouteFinder.route(match.host(), cut.get()).equals(RouteFinder.route(match.host(), normal))) {
                return refused(match, "leads elsewhere once its parameters are cut off", notes);
            }
            return served(match, normal, notes);
        } catch (IllegalArgumentException e) {
            return refused(match, String.valueOf(e.getMessage()), notes);
        }
    }

    private Explanation refused(Match match, String reason, List<Problem> notes) {
        return answer(
                kindOfHost(),
                Verdict.NOT_SERVED,
                match.name() + " has routes by path, and the path " + question.path()
                        + " has no normal form: requests are answered with 400: it " + reason,
                List.of(),
                notes,
                prefixes(match.host()));
    }

    private Explanation served(Match match, String requested, List<Problem> notes) {
        Optional<Route> route = RouteFinder.route(match.host(), requested);
        RouteFinder.conditional(match.host(), requested)
                .forEach(other -> notes.add(note(
                        "match",
                        other.conditions().toString(),
                        "requests that meet this go to backend " + other.backendName() + " instead")));
        if (route.isEmpty()) {
            return answer(
                    kindOfHost(),
                    Verdict.NOT_SERVED,
                    match.name() + " is served, but no route of it takes the path " + requested,
                    List.of(),
                    notes,
                    prefixes(match.host()));
        }
        if (route.get().backendName().equals(BackendNames.RESERVED)) {
            OwnerId owner = view.pipeline().holders().get(new ClaimedName(match.name(), OptionalInt.empty()));
            notes.add(note(
                    "hostname",
                    match.name().value(),
                    "belongs to " + owner + ", whose containers do not serve it now; nobody else gets its requests"));
        }
        RequestPath path = paths.of(match, route.get());
        List<Problem> problems = Stream.concat(
                        notes.stream(), candidates.problems(candidates.of(match.name())).stream())
                .toList();
        return answer(kindOfHost(), paths.verdict(path), paths.summary(path), List.of(path), problems, List.of());
    }

    private Kind kindOfHost() {
        return question.isUrl() ? Kind.URL : Kind.HOST;
    }

    private static List<String> prefixes(VirtualHost host) {
        return host.routes().stream()
                .map(route -> route.exactPath().map(exact -> exact + " alone").orElse(route.pathPrefix()))
                .distinct()
                .toList();
    }

    private List<Problem> notesOnUrl() {
        boolean portIsOpen = question.port().isEmpty()
                || view.status().loadBalancers().stream()
                        .anyMatch(status -> status.port() == question.port().getAsInt());
        return portIsOpen
                ? List.of()
                : List.of(note(
                        "port",
                        Integer.toString(question.port().getAsInt()),
                        "is no port that a load balancer listens on; it may lead to one from outside"));
    }

    private Problem note(String field, String value, String reason) {
        return new Problem(
                Severity.NOTE,
                Source.LOAD_BALANCER,
                question.text(),
                Optional.empty(),
                Optional.empty(),
                field,
                value,
                reason,
                "",
                "");
    }

    private Explanation claimed(List<ContainerStatus> claiming) {
        String names =
                String.join(", ", claiming.stream().map(ContainerStatus::name).toList());
        return answer(
                kindOfHost(),
                Verdict.NOT_SERVED,
                question.host().orElseThrow() + " is not served: "
                        + (claiming.size() == 1
                                ? "container " + names + " asks for it, but is not served"
                                : "containers " + names + " ask for it, but none of them is served"),
                List.of(),
                candidates.problems(claiming),
                List.of());
    }

    private Explanation container(List<ContainerStatus> containers) {
        List<RequestPath> ways = containers.stream()
                .flatMap(container -> paths.of(container).stream())
                .distinct()
                .toList();
        ContainerStatus first = containers.getFirst();
        return answer(
                Kind.CONTAINER,
                candidates.verdict(containers, ways),
                containers.size() == 1
                        ? candidates.summary(first, ways)
                        : containers.size() + " containers are named so: "
                                + String.join(
                                        ", ",
                                        containers.stream()
                                                .map(each -> candidates.summary(each, paths.of(each)))
                                                .toList()),
                ways,
                candidates.problems(containers),
                List.of());
    }

    private Explanation unknown() {
        List<Problem> mentions = candidates.mentioning(question);
        if (question.looksLikeHost()) {
            String asked = question.host().map(HostName::value).orElse(question.text());
            return answer(
                    kindOfHost(),
                    mentions.isEmpty() ? Verdict.UNKNOWN : Verdict.NOT_SERVED,
                    question.host().isEmpty() && mentions.isEmpty()
                            ? question.text() + " is no host name"
                            : "no container that runs asks for " + asked + "; requests for it are answered with 503",
                    List.of(),
                    mentions,
                    NameSuggester.of(asked, hostNames()));
        }
        return answer(
                Kind.CONTAINER,
                Verdict.UNKNOWN,
                "no container of this name or id runs on an engine that is watched, and no host has this name",
                List.of(),
                mentions,
                NameSuggester.of(
                        question.text(),
                        Stream.concat(view.status().containers().stream().map(ContainerStatus::name), hostNames())));
    }

    private Stream<String> hostNames() {
        return view.pipeline().snapshot().topology().virtualHosts().stream()
                .flatMap(host -> host.hostNames().stream())
                .map(HostName::value);
    }

    /** Whatever the question, it matters if a part of Interlock does not work. */
    private Explanation answer(
            Kind kind,
            Verdict verdict,
            String summary,
            List<RequestPath> ways,
            List<Problem> problems,
            List<String> suggestions) {
        Stream<Problem> general = view.status().problems().stream()
                .filter(problem -> problem.source() != Source.CONTAINER && problem.severity() == Severity.ERROR);
        Stream<Problem> ofBackends = view.status().problems().stream()
                .filter(problem -> ways.stream()
                        .anyMatch(way -> problem.backendName()
                                .filter(way.backend().name()::equals)
                                .isPresent()));
        return new Explanation(
                question.text(),
                kind,
                verdict,
                summary,
                ways,
                Stream.of(problems.stream(), ofBackends, general)
                        .flatMap(all -> all)
                        .distinct()
                        .sorted()
                        .toList(),
                suggestions);
    }
}
