package io.interlock.caddy;

import io.interlock.caddy.SiteHandler.Modifier;
import io.interlock.caddy.label.CaddyDirective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block of a site into the directives that answer requests, in the order in which Caddy tries them. */
final class SiteBlockReader {

    /** Directives that answer requests, in Caddy's order. */
    private static final Map<String, Integer> ANSWERS = Map.of(
            "handle", 0,
            "handle_path", 0,
            "route", 1,
            "abort", 2,
            "error", 3,
            "respond", 4,
            "metrics", 5,
            "reverse_proxy", 6,
            "php_fastcgi", 7,
            "file_server", 8);

    private static final Set<String> GROUPS = Set.of("handle", "handle_path", "route");
    private static final Set<String> WITHOUT_MATCHER = Set.of("bind", "import", "log", "tls");
    private static final Set<String> REFUSALS = Set.of("abort", "error", "respond");
    private static final int MOST = 500;

    private final CaddyFindings findings;
    private final List<SiteHandler> handlers = new ArrayList<>();
    private int answered;

    SiteBlockReader(CaddyFindings findings) {
        this.findings = findings;
    }

    /** Returns what answers requests of a site; an earlier one wins. */
    List<SiteHandler> read(CaddyDirective site) {
        read(site, RequestMatch.ALL, new MatcherReader(), List.of(), Optional.empty());
        List<SiteHandler> reached = new ArrayList<>();
        for (SiteHandler handler : handlers) {
            if (reached.stream().noneMatch(earlier -> earlier.match().covers(handler.match()))) {
                reached.add(handler);
            }
        }
        return reached;
    }

    private void read(
            CaddyDirective block,
            RequestMatch parent,
            MatcherReader outer,
            List<Modifier> outerModifiers,
            Optional<String> stripped) {
        MatcherReader matchers = outer.within(block);
        List<Modifier> modifiers = new ArrayList<>(outerModifiers);
        List<Modifier> answers = new ArrayList<>();
        for (CaddyDirective directive : block.children()) {
            if (directive.name().startsWith("@")) {
                continue;
            }
            MatcherReader.Matched matched = WITHOUT_MATCHER.contains(directive.name())
                    ? new MatcherReader.Matched(Optional.of(List.of(RequestMatch.ALL)), directive.arguments())
                    : matchers.read(directive);
            Optional<List<RequestMatch>> matches = matched.matches()
                    .map(all -> stripped.isPresent()
                            ? all.stream().map(match -> match.below(parent)).toList()
                            : all);
            Modifier read = new Modifier(directive, matches, matched.rest());
            if (ANSWERS.containsKey(directive.name()) && !isOfClients(read)) {
                answers.add(read);
            } else {
                modifiers.add(read);
            }
        }
        if (!block.name().equals("route")) {
            answers.sort(Comparator.comparingInt(SiteBlockReader::rank)
                    .thenComparing(
                            Comparator.comparingInt(SiteBlockReader::pathLength).reversed())
                    .thenComparing(answer -> isForAll(answer)));
        }
        if (answers.isEmpty()) {
            modifiers.stream()
                    .filter(modifier -> modifier.directive().name().equals("redir") && isForAll(modifier))
                    .findFirst()
                    .ifPresent(answers::add);
        }
        answers.forEach(answer -> answer(answer, parent, matchers, modifiers, stripped));
    }

    private void answer(
            Modifier answer,
            RequestMatch parent,
            MatcherReader matchers,
            List<Modifier> modifiers,
            Optional<String> stripped) {
        CaddyDirective directive = answer.directive();
        if (answer.matches().isEmpty()) {
            findings.leftOut(
                    directive,
                    "has a matcher for which there is no field",
                    "give the container fields of Interlock's instead, such as path and match_headers");
            return;
        }
        for (RequestMatch match : answer.matches().get()) {
            Optional<RequestMatch> both = parent.and(match);
            if (both.isEmpty() && parent.isApartFrom(match)) {
                continue;
            }
            if (both.isEmpty() || ++answered > MOST) {
                findings.leftOut(directive, "is for requests that Interlock's fields cannot say", "");
            } else if (isUsable(answer, both.get())) {
                if (GROUPS.contains(directive.name())) {
                    boolean isStripping = directive.name().equals("handle_path");
                    Optional<String> prefix = isStripping
                            ? Optional.of(both.get().path().replaceAll("/$", ""))
                                    .filter(path -> !path.isEmpty())
                            : stripped;
                    read(directive, both.get(), matchers, modifiers, prefix);
                } else {
                    handlers.add(new SiteHandler(
                            both.get(), directive, answer.arguments(), List.copyOf(modifiers), stripped));
                }
            }
        }
    }

    /** Whether a path with its segments can stand for the one that the directive has. */
    private boolean isUsable(Modifier answer, RequestMatch match) {
        CaddyDirective directive = answer.directive();
        boolean refuses = isRefusal(answer);
        if (match.isExact() && !refuses && directive.name().equals("respond")) {
            findings.lost(directive, "answers by itself, for which there is no field; the container gets the requests");
            return false;
        }
        if (match.isOpenEnded() && (refuses || (GROUPS.contains(directive.name()) && isProtected(directive)))) {
            findings.leftOut(
                    directive,
                    "protects all paths that begin with a text; Interlock's path means whole segments",
                    "end the path with /*");
            return false;
        }
        if (match.isOpenEnded()) {
            findings.differs(directive, "a path means whole segments: " + match.path() + " and what is below it");
        }
        return true;
    }

    private static boolean isProtected(CaddyDirective block) {
        return block.children().stream()
                .anyMatch(child -> !ModifierReader.isHarmless(child.name())
                        && !child.name().equals("reverse_proxy"));
    }

    /** Whether it refuses certain clients, or all but certain ones. */
    private static boolean isOfClients(Modifier answer) {
        return isRefusal(answer)
                && answer.matches()
                        .filter(matches -> matches.stream()
                                .allMatch(match -> match.isConditional()
                                        && match.hosts().isEmpty()
                                        && (match.others().isEmpty()
                                                ? match.conditions().keySet().equals(Set.of("match_clients"))
                                                : match.conditions().isEmpty())))
                        .isPresent();
    }

    static boolean isRefusal(Modifier answer) {
        String name = answer.directive().name();
        return REFUSALS.contains(name)
                && (!name.equals("respond")
                        || answer.arguments().stream().anyMatch(argument -> argument.matches("[45]\\d\\d")));
    }

    /** Whether the handler has requests answered by the container, redirected or refused. */
    static boolean isUsed(SiteHandler handler) {
        return List.of("reverse_proxy", "redir").contains(handler.directive().name())
                || isRefusal(new Modifier(handler.directive(), Optional.empty(), handler.arguments()));
    }

    /** Returns the requests of which a directive refuses those of some clients, or all that a directive is about. */
    static RequestMatch requests(Modifier modifier, RequestMatch match) {
        return isRefusal(modifier) ? match.withConditions(List.of(), Map.of(), List.of()) : match;
    }

    private static int rank(Modifier answer) {
        return ANSWERS.getOrDefault(answer.directive().name(), 0);
    }

    private static int pathLength(Modifier answer) {
        return answer.matches()
                .map(matches ->
                        matches.stream().mapToInt(RequestMatch::pathRank).max().orElse(0))
                .orElse(0);
    }

    private static boolean isForAll(Modifier answer) {
        return answer.matches()
                .filter(matches -> matches.stream().anyMatch(RequestMatch::isAll))
                .isPresent();
    }
}
