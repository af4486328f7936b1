package io.interlock.app.config;

import io.interlock.app.topology.Terms;
import io.interlock.app.topology.Terms.Filter;
import io.interlock.app.topology.Terms.LabelFilter;
import io.interlock.app.topology.Terms.PortRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binds what the operator lets containers have. */
final class TermsBinder {

    private static final String RANGE = "ports as \"5000-5999\", or one as \"5432\"";
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private static final String LABEL = "a label as \"team=web\", or its name alone";
    private static final String DEFAULT = "\"on\" or \"off\"";

    private final Section root;
    private final List<EngineConfig> engines;

    /**
     * @param engines all that there are
     */
    TermsBinder(Section root, List<EngineConfig> engines) {
        this.root = root;
        this.engines = engines;
    }

    Terms bind() {
        Optional<PortRange> ports = root.parsed("tcp_ports", RANGE, TermsBinder::range);
        Filter filter = root.section("filter").map(this::filter).orElse(Filter.NONE);
        boolean on = root.parsed("default", DEFAULT, TermsBinder::onOrOff).orElse(true);
        return new Terms(ports, filter, !on);
    }

    private Filter filter(Section section) {
        section.requireKnownKeys(Schema.FILTER);
        Optional<LabelFilter> label = section.parsed("label", LABEL, TermsBinder::label);
        Optional<String> name = section.text("name", "what names begin with");
        List<String> ofEngines = section.texts("engine_labels", Parsed::good);
        return new Filter(
                label, name, ofEngines.isEmpty() ? Optional.empty() : Optional.of(enginesWith(ofEngines, section)));
    }

    private Set<String> enginesWith(List<String> labels, Section section) {
        Set<String> ids = new TreeSet<>();
        for (EngineConfig engine : engines) {
            if (engine.labels().containsAll(labels)) {
                ids.add(engine.id());
            }
        }
        if (ids.isEmpty()) {
            section.wrong("engine_labels", "labels of which an engine in $.engines has all", String.join(", ", labels));
        }
        return ids;
    }

    private static Parsed<LabelFilter> label(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        if (name.isEmpty()) {
            return Parsed.bad(LABEL);
        }
        return Parsed.good(new LabelFilter(
                name,
                equals < 0
                        ? Optional.empty()
                        : Optional.of(text.substring(equals + 1).strip())));
    }

    private static Parsed<Boolean> onOrOff(String text) {
        return switch (text) {
            case "on" -> Parsed.good(true);
            case "off" -> Parsed.good(false);
            default -> Parsed.bad(DEFAULT);
        };
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
