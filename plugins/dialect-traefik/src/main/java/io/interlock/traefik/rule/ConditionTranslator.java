package io.interlock.traefik.rule;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.PathExpression;
import io.interlock.traefik.rule.RuleExpression.Condition;
import io.interlock.util.PathRegexText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates conditions that must all hold. */
final class ConditionTranslator {

    private static final String ANY = "*";

    /** Beyond it, Interlock takes no names. */
    private static final int MOST_HOSTS = 1_001;

    private Optional<Set<String>> hosts = Optional.empty();
    private Optional<Set<String>> paths = Optional.empty();
    private boolean isExact;
    private Optional<Set<String>> methods = Optional.empty();
    private Optional<List<String>> clients = Optional.empty();
    private Set<String> expressions = Set.of();
    private final List<String> headers = new ArrayList<>();
    private final List<String> query = new ArrayList<>();

    List<RouteMatch> translate(List<Condition> conditions) throws RuleException {
        for (Condition condition : conditions) {
            take(condition);
        }
        int names = hosts.map(Set::size).orElse(1);
        if (names * paths.map(Set::size).orElse(1) > RouteMatch.MOST) {
            throw new RuleException("has more than " + RouteMatch.MOST + " combinations of a host name with a path");
        }
        List<RouteMatch> matches = new ArrayList<>();
        for (String host : hosts.orElse(Set.of(ANY))) {
            for (String path : paths.orElse(Set.of("/"))) {
                matches.add(new RouteMatch(
                        host,
                        Optional.of(path).filter(prefix -> isExact || !prefix.equals("/")),
                        isExact,
                        List.copyOf(expressions),
                        headers,
                        query,
                        List.copyOf(methods.orElse(Set.of())),
                        clients.orElse(List.of())));
            }
        }
        return matches;
    }

    private void take(Condition condition) throws RuleException {
        List<String> arguments = condition.arguments();
        if (arguments.isEmpty()) {
            throw new RuleException("has " + condition.name() + " without a value");
        }
        switch (condition.name()) {
            case "Host", "HostHeader" -> hosts(names(arguments));
            case "HostRegexp" -> hosts(expressions(arguments));
            case "PathPrefix" -> paths(condition.name(), arguments);
            case "Path" -> {
                paths(condition.name(), arguments);
                isExact = true;
            }
            case "Method" -> methods(arguments);
            case "ClientIP" -> clients(arguments);
            case "Header", "Headers" -> headers.add(pair(condition, ": "));
            case "Query" -> query(condition);
            case "PathRegexp" -> pathExpressions(arguments);
            case "HeaderRegexp", "HeadersRegexp", "QueryRegexp" ->
                throw new RuleException("has " + condition.name() + ", for which there is no field");
            default ->
                throw new RuleException("has " + shortened(condition.name()) + ", which is no condition that is known");
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private static Set<String> names(List<String> arguments) throws RuleException {
        Set<String> names = new LinkedHashSet<>();
        for (String argument : arguments) {
            names.add(checked(argument));
        }
        return names;
    }

    private static Set<String> expressions(List<String> arguments) throws RuleException {
        Set<String> names = new LinkedHashSet<>();
        for (String argument : arguments) {
            names.add(checked(HostTemplateReader.name(argument)));
        }
        return names;
    }

    private static String checked(String name) throws RuleException {
        try {
            return HostName.of(name).value();
        } catch (IllegalArgumentException e) {
            throw new RuleException(
                    "has a host name that Interlock cannot serve, " + shortened(name) + ": " + e.getMessage());
        }
    }

    private void hosts(Set<String> names) throws RuleException {
        if (names.size() > MOST_HOSTS) {
            throw new RuleException("has more than " + MOST_HOSTS + " host names");
        }
        if (hosts.isPresent() && !hosts.get().equals(names)) {
            Set<String> both = new LinkedHashSet<>(hosts.get());
            both.retainAll(names);
            boolean exact = hosts.get().stream().allMatch(ConditionTranslator::isExact)
                    && names.stream().allMatch(ConditionTranslator::isExact);
            if (!exact || both.isEmpty()) {
                throw new RuleException("has two conditions for host names that must both hold");
            }
            hosts = Optional.of(both);
        } else {
            hosts = Optional.of(names);
        }
    }

    private static boolean isExact(String name) {
        return !name.startsWith("~") && !name.startsWith("*");
    }

    private void paths(String condition, List<String> prefixes) throws RuleException {
        Set<String> taken = new LinkedHashSet<>();
        for (String prefix : prefixes) {
            if (!prefix.startsWith("/") || prefix.contains("{")) {
                throw new RuleException("has a " + condition + " that is not the beginning of a path");
            }
            taken.add(prefix);
        }
        if (paths.isPresent() && (!paths.get().equals(taken) || isExact != condition.equals("Path"))) {
            throw new RuleException("has two conditions for paths that must both hold");
        }
        paths = Optional.of(taken);
    }

    private void pathExpressions(List<String> written) throws RuleException {
        Set<String> taken = new LinkedHashSet<>();
        for (String expression : written) {
            try {
                taken.add(PathExpression.of(PathRegexText.of(expression)).value());
            } catch (IllegalArgumentException e) {
                throw new RuleException("has a PathRegexp that Interlock cannot serve: " + e.getMessage());
            }
        }
        if (!expressions.isEmpty() && !expressions.equals(taken)) {
            throw new RuleException("has two PathRegexp that must both hold");
        }
        expressions = taken;
    }

    private void methods(List<String> names) throws RuleException {
        Set<String> taken = new LinkedHashSet<>(names);
        methods.ifPresent(taken::retainAll);
        if (taken.isEmpty()) {
            throw new RuleException("has two Method that never hold together");
        }
        methods = Optional.of(taken);
    }

    private void clients(List<String> ranges) throws RuleException {
        if (clients.isPresent() && !clients.get().equals(ranges)) {
            throw new RuleException("has two ClientIP that must both hold");
        }
        clients = Optional.of(ranges);
    }

    private static String pair(Condition condition, String separator) throws RuleException {
        if (condition.arguments().size() != 2
                || condition.arguments().stream().anyMatch(text -> text.isBlank() || text.contains("{"))) {
            throw new RuleException("has " + condition.name() + " without a name and a value");
        }
        return condition.arguments().get(0) + separator + condition.arguments().get(1);
    }

    /** Version 3 has name and value, or the name alone; version 2 has {@code NAME=VALUE}, several of which must hold. */
    private void query(Condition condition) throws RuleException {
        boolean pairs = condition.arguments().stream().allMatch(text -> text.contains("="));
        if (!pairs && condition.arguments().size() == 2) {
            query.add(pair(condition, "="));
        } else if ((pairs || condition.arguments().size() == 1)
                && condition.arguments().stream().noneMatch(text -> text.isBlank() || text.contains("{"))) {
            query.addAll(condition.arguments());
        } else {
            throw new RuleException("has Query without a name and a value");
        }
    }
}
