package io.interlock.caddy;

import io.interlock.api.topology.PathExpression;
import io.interlock.caddy.label.CaddyDirective;
import io.interlock.util.PathRegexText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the matchers of directives: a path, {@code *}, or the name of one that the block defines. */
final class MatcherReader {

    private static final List<String> PRIVATE =
            List.of("192.168.0.0/16", "172.16.0.0/12", "10.0.0.0/8", "127.0.0.0/8", "fd00::/8", "::1");

    /** Each is a route, and beyond it Interlock refuses the container. */
    private static final int MOST_PATHS = 51;

    private static final String PATHS = "match_paths";

    private final Map<String, CaddyDirective> named = new HashMap<>();

    /**
     * What a directive is about.
     *
     * @param matches the alternatives; empty if they cannot be said
     * @param rest the arguments after the matcher
     */
    record Matched(Optional<List<RequestMatch>> matches, List<String> rest) {}

    /** Adds the matchers that a block defines; they also count in blocks within it. */
    MatcherReader within(CaddyDirective block) {
        MatcherReader reader = new MatcherReader();
        reader.named.putAll(named);
        block.children().stream()
                .filter(child -> child.name().startsWith("@"))
                .forEach(child -> reader.named.put(child.name(), child));
        return reader;
    }

    /** Reads the matcher of a directive, which comes before its other arguments. */
    Matched read(CaddyDirective directive) {
        List<String> arguments = directive.arguments();
        String first = directive.argument(0).orElse("");
        if (first.startsWith("@")) {
            return new Matched(
                    Optional.ofNullable(named.get(first)).flatMap(MatcherReader::named),
                    arguments.subList(1, arguments.size()));
        }
        if (first.startsWith("/") || first.equals("*")) {
            return new Matched(RequestMatch.ofPath(first).map(List::of), arguments.subList(1, arguments.size()));
        }
        return new Matched(Optional.of(List.of(RequestMatch.ALL)), arguments);
    }

    private static Optional<List<RequestMatch>> named(CaddyDirective definition) {
        List<CaddyDirective> parts = new ArrayList<>(definition.children());
        if (!definition.arguments().isEmpty()) {
            List<String> inline = definition.arguments();
            parts.add(new CaddyDirective(
                    definition.label(), inline.getFirst(), inline.subList(1, inline.size()), List.of()));
        }
        List<RequestMatch> paths = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Map<String, List<String>> conditions = new TreeMap<>();
        for (CaddyDirective part : parts) {
            List<String> arguments = part.arguments();
            if (arguments.isEmpty() || !part.children().isEmpty()) {
                return Optional.empty();
            }
            switch (part.name()) {
                case "path" -> {
                    for (String argument : arguments) {
                        Optional<RequestMatch> path =
                                RequestMatch.ofPath(argument).or(() -> glob(argument));
                        if (path.isEmpty()) {
                            return Optional.empty();
                        }
                        paths.add(path.get());
                    }
                }
                case "path_regexp" -> {
                    // The name before the expression is for placeholders.
                    Optional<String> expression = expression(PathRegexText.of(arguments.getLast()));
                    if (arguments.size() > 2 || expression.isEmpty() || conditions.containsKey(PATHS)) {
                        return Optional.empty();
                    }
                    add(conditions, PATHS, List.of(expression.get()));
                }
                case "host" -> hosts.addAll(arguments);
                case "method" -> add(conditions, "match_methods", arguments);
                case "remote_ip", "client_ip" -> add(conditions, "match_clients", ranges(arguments));
                case "query" -> {
                    if (arguments.size() != 1 || arguments.getFirst().contains("*")) {
                        return Optional.empty();
                    }
                    add(conditions, "match_query", arguments);
                }
                case "header" -> {
                    Optional<String> header = header(arguments);
                    if (header.isEmpty()) {
                        return Optional.empty();
                    }
                    add(conditions, "match_headers", List.of(header.get()));
                }
                case "not" -> {
                    boolean isOfClients = arguments.size() > 1
                            && List.of("remote_ip", "client_ip").contains(arguments.getFirst());
                    if (!isOfClients || !others.isEmpty()) {
                        return Optional.empty();
                    }
                    others.addAll(ranges(arguments.subList(1, arguments.size())));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        if (parts.isEmpty() || paths.size() > MOST_PATHS) {
            return Optional.empty();
        }
        if (conditions.containsKey(PATHS) && paths.stream().anyMatch(RequestMatch::isConditional)) {
            return Optional.empty();
        }
        List<RequestMatch> bases = paths.isEmpty() ? List.of(RequestMatch.ALL) : paths;
        return Optional.of(bases.stream()
                .map(path -> path.withConditions(hosts, all(path.conditions(), conditions), others))
                .toList());
    }

    /** A path with stars: at its beginning, at both ends for any characters, or within for those of one segment. */
    private static Optional<RequestMatch> glob(String pattern) {
        boolean isOpen = pattern.matches("\\*[^*{]+\\*?");
        boolean isWithin = pattern.startsWith("/") && !pattern.contains("{");
        return isOpen || isWithin
                ? expression(PathRegexText.ofGlob(pattern, !isOpen))
                        .map(text ->
                                RequestMatch.ALL.withConditions(List.of(), Map.of(PATHS, List.of(text)), List.of()))
                : Optional.empty();
    }

    private static Optional<String> expression(String written) {
        try {
            return Optional.of(PathExpression.of(written).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, List<String>> all(Map<String, List<String>> some, Map<String, List<String>> more) {
        Map<String, List<String>> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }

    private static void add(Map<String, List<String>> conditions, String field, List<String> values) {
        List<String> all = new ArrayList<>(conditions.getOrDefault(field, List.of()));
        all.addAll(values);
        conditions.put(field, all);
    }

    /** Returns ranges, of which some have a name. */
    static List<String> ranges(List<String> arguments) {
        return arguments.stream()
                .flatMap(range -> range.equals("private_ranges") ? PRIVATE.stream() : List.of(range).stream())
                .toList();
    }

    private static Optional<String> header(List<String> arguments) {
        String name = arguments.getFirst();
        if (arguments.size() > 2 || name.startsWith("!")) {
            return Optional.empty();
        }
        if (arguments.size() == 1 || arguments.get(1).equals("*")) {
            return Optional.of(name);
        }
        return arguments.get(1).contains("*") ? Optional.empty() : Optional.of(name + ": " + arguments.get(1));
    }
}
