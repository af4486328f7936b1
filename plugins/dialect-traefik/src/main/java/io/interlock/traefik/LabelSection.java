package io.interlock.traefik;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels of one router, service or middleware. Options are compared without regard to case. Remembers which options nobody asked
 * for.
 */
final class LabelSection {

    private final String name;
    private final SortedMap<String, LabelValue> options = new TreeMap<>();
    private final Set<String> unread = new TreeSet<>();

    LabelSection(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(String option, LabelValue value) {
        options.put(option, value);
        unread.add(option);
    }

    /** Returns an option, for example {@code tls.certresolver}. */
    Optional<LabelValue> get(String option) {
        unread.remove(option);
        return Optional.ofNullable(options.get(option));
    }

    /** Returns the options whose names begin with this, by the rest of their names. */
    Map<String, LabelValue> below(String prefix) {
        Map<String, LabelValue> found = new TreeMap<>();
        options.subMap(prefix, prefix + Character.MAX_VALUE).forEach((option, value) -> {
            unread.remove(option);
            found.put(option.substring(prefix.length()), value);
        });
        return found;
    }

    /** Whether an option begins with this, without counting as read. */
    boolean has(String prefix) {
        return !options.tailMap(prefix).isEmpty()
                && options.tailMap(prefix).firstKey().startsWith(prefix);
    }

    /** All options, none of which counts as read. */
    Map<String, LabelValue> all() {
        return Collections.unmodifiableMap(options);
    }

    /** Returns the options that nobody asked for. */
    Map<String, LabelValue> unread() {
        Map<String, LabelValue> rest = new TreeMap<>(options);
        rest.keySet().retainAll(unread);
        return rest;
    }
}
