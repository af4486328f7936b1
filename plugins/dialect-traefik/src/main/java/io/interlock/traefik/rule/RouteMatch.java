package io.interlock.traefik.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests for one host name that a rule means, in the values of Interlock's fields.
 *
 * @param host {@code hostname}; {@code *} for all
 * @param path {@code path}; empty: everything
 * @param isExact {@code path_match}: whether the path stands for itself alone
 * @param expressions {@code match_paths}
 * @param headers {@code match_headers}
 * @param query {@code match_query}
 * @param methods {@code match_methods}
 * @param clients {@code match_clients}
 */
public record RouteMatch(
        String host,
        Optional<String> path,
        boolean isExact,
        List<String> expressions,
        List<String> headers,
        List<String> query,
        List<String> methods,
        List<String> clients) {

    /** Most matches of a container: each of its host names with each of its paths. */
    public static final int MOST = 5_000;

    public RouteMatch {
        expressions = List.copyOf(expressions);
        headers = headers.stream().distinct().sorted().toList();
        query = query.stream().distinct().sorted().toList();
        methods = methods.stream().distinct().sorted().toList();
        clients = clients.stream().distinct().sorted().toList();
    }

    /** Returns the same requests, for another name. */
    public RouteMatch with(String name) {
        return new RouteMatch(name, path, isExact, expressions, headers, query, methods, clients);
    }

    /**
     * Returns the requests that a rule means, one for each host name and alternative.
     *
     * @throws RuleException if the rule is malformed, or means requests that fields cannot say
     */
    public static List<RouteMatch> of(String rule) throws RuleException {
        List<RouteMatch> matches = new ArrayList<>();
        for (List<RuleExpression.Condition> conditions : RuleNormalizer.alternatives(RuleParser.parse(rule))) {
            matches.addAll(new ConditionTranslator().translate(conditions));
        }
        return matches.stream().distinct().toList();
    }
}
