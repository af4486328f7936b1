package io.interlock.app.topology.grouping;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import java.util.Set;
import java.util.regex.Pattern;

/** Names servers after their containers. */
public final class ServerNames {

    private static final int MAX_LENGTH = 220;
    private static final Pattern NO_PART = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final Pattern NO_BEGINNING = Pattern.compile("^[^A-Za-z0-9]+");

    private ServerNames() {}

    /** Returns the container's name, followed by that of its engine if there are several that run containers. */
    public static String of(ContainerFacts facts, boolean severalEngines) {
        String name = severalEngines && !facts.key().isService()
                ? facts.name() + "." + facts.key().engineId()
                : facts.name();
        String parts = NO_PART.matcher(name).replaceAll("-");
        String plain = NO_BEGINNING.matcher(parts).replaceFirst("");
        String known = plain.isEmpty() ? facts.key().shortId() : plain;
        return known.substring(0, Math.min(MAX_LENGTH, known.length()));
    }

    /** Returns the name, with a suffix if it is already taken. */
    static String distinct(String name, ContainerKey key, Set<String> taken) {
        if (!taken.contains(name)) {
            return name;
        }
        String withId = name + "-" + key.shortId();
        String candidate = withId;
        for (int i = 2; taken.contains(candidate); i++) {
            candidate = withId + "-" + i;
        }
        return candidate;
    }
}
