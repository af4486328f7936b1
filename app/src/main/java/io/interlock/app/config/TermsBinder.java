package io.interlock.app.config;

import io.interlock.app.topology.Terms;
import io.interlock.app.topology.Terms.PortRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binds what the operator lets containers have. */
final class TermsBinder {

    private static final String RANGE = "ports as \"5000-5999\", or one as \"5432\"";
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private final Section root;

    TermsBinder(Section root) {
        this.root = root;
    }

    Terms bind() {
        Optional<PortRange> ports = root.parsed("tcp_ports", RANGE, TermsBinder::range);
        return new Terms(ports);
    }

    private static Parsed<PortRange> range(String text) {
        Matcher matcher = PORTS.matcher(text.strip());
        if (!matcher.matches()) {
            return Parsed.bad(RANGE);
        }
        int first = Integer.parseInt(matcher.group(1));
        try {
            return Parsed.good(
                    new PortRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2))));
        } catch (IllegalArgumentException e) {
            return Parsed.bad(RANGE + ", from 1 to 65535");
        }
    }
}
