package io.interlock.haproxy.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Desired entries of a virtual host in HAProxy's maps and rules.
 *
 * @param name the first of its names
 * @param entries its lines in the maps
 * @param expressions the regular expressions that match its names
 * @param rules the lines for those of its routes that maps cannot find
 * @param port the listener, if this stands for the names at a TCP port and not for a virtual host
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

    /** Creates a host that maps alone find. */
    public HostSpec(String name, List<MapEntry> entries) {
        this(name, entries, List.of(), List.of());
    }

    /** Creates a virtual host for HTTP requests. */
    public HostSpec(String name, List<MapEntry> entries, List<Expression> expressions, List<Rule> rules) {
        this(name, entries, expressions, rules, Optional.empty());
    }

    /**
     * Regular expression for host names.
     *
     * @param text the expression
     * @param line the whole line that evaluates it
     */
    public record Expression(String text, String line) implements Comparable<Expression> {

        private static final Comparator<Expression> LONGEST_FIRST = Comparator.comparingInt(
                        (Expression expression) -> -expression.text().length())
                .thenComparing(Expression::text);

        /** Orders expressions as HAProxy evaluates them: the longest first. */
        @Override
        public int compareTo(Expression other) {
            return LONGEST_FIRST.compare(this, other);
        }
    }

    /**
     * Line for one of the routes.
     *
     * @param line the whole line
     * @param backend the name of the route's backend
     */
    public record Rule(String line, String backend) {}

    @Override
    public int compareTo(HostSpec other) {
        return name.compareTo(other.name);
    }
}
