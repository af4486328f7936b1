package io.interlock.haproxy.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A virtual host as HAProxy's maps and rules are to have it.
 *
 * @param name the first of its names
 * @param entries its lines in the maps
 * @param expressions what finds it by regular expressions
 * @param rules what finds those of its routes that maps cannot
 * @param port what it is instead: not a virtual host, but what is served at a port
 */
public record HostSpec(
        String name,
        List<MapEntry> entries,
        List<Expression> expressions,
        List<Rule> rules,
        Optional<TcpListenerSpec> port)
        implements Comparable<HostSpec> {
    public HostSpec {
        entries = List.copyOf(entries);
        expressions = List.copyOf(expressions);
        rules = List.copyOf(rules);
    }

    /** One that is found by maps alone. */
    public HostSpec(String name, List<MapEntry> entries) {
        this(name, entries, List.of(), List.of());
    }

    /** One of requests. */
    public HostSpec(String name, List<MapEntry> entries, List<Expression> expressions, List<Rule> rules) {
        this(name, entries, expressions, rules, Optional.empty());
    }

    /**
     * A regular expression for host names.
     *
     * @param text the expression
     * @param line the whole line that has it tried
     */
    public record Expression(String text, String line) implements Comparable<Expression> {

        private static final Comparator<Expression> LONGEST_FIRST = Comparator.comparingInt(
                        (Expression expression) -> -expression.text().length())
                .thenComparing(Expression::text);

        /** In the order in which they are to be tried. */
        @Override
        public int compareTo(Expression other) {
            return LONGEST_FIRST.compare(this, other);
        }
    }

    /**
     * A line for one of its routes.
     *
     * @param line the whole line
     * @param backend where the route leads to
     */
    public record Rule(String line, String backend) {}

    @Override
    public int compareTo(HostSpec other) {
        return name.compareTo(other.name);
    }
}
