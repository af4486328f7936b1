package io.interlock.haproxy.render;

import io.interlock.haproxy.quarantine.ConfigPart;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Index from the lines of a rendered configuration to the parts that need them, for any template. */
public final class LineOwners {

    private final List<Span> spans;

    LineOwners(List<Span> spans) {
        this.spans = List.copyOf(spans);
    }

    /**
     * Lines that were written for a part.
     *
     * @param first number of the first line, from 1
     * @param last number of the last line
     */
    record Span(int first, int last, ConfigPart part) {

        boolean has(int line) {
            return first <= line && line <= last;
        }

        int length() {
            return last - first;
        }
    }

    /**
     * The smallest part to which the line belongs; empty if the line does not depend on what is served.
     *
     * @param line the number of the line, from 1
     */
    public Optional<ConfigPart> of(int line) {
        return spans.stream()
                .filter(span -> span.has(line))
                // Of equal spans, the later one is the inner one.
                .reduce((one, other) -> Comparator.comparingInt(Span::length).compare(one, other) < 0 ? one : other)
                .map(Span::part);
    }
}
