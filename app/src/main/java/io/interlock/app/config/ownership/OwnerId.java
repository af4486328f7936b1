package io.interlock.app.config.ownership;

import io.interlock.util.Sha256;
import java.util.regex.Pattern;

/**
 * Owner of containers and of the names that they are served under.
 *
 * @param name as people see it: a name from the rules, or one such as {@code project shop}, which no rule can give
 */
public record OwnerId(String name) implements Comparable<OwnerId> {

    /** Owner of all containers without compose project and stack, as long as there are no rules. */
    public static final OwnerId NOBODY = new OwnerId("nobody in particular");

    /** Owner of the services in the operator's files, to whom each name belongs that they ask for. */
    public static final OwnerId OPERATOR = new OwnerId("the operator");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int DIGITS = 16;

    static OwnerId ofProject(String project) {
        return new OwnerId("project " + shown(project));
    }

    static OwnerId ofStack(String stack) {
        return new OwnerId("stack " + shown(stack));
    }

    static OwnerId ofEngine(String engineId) {
        return new OwnerId("engine " + engineId);
    }

    /** A label can hold any text; one that is no usual name is told apart by its digest. */
    private static String shown(String label) {
        return PLAIN.matcher(label).matches() ? label : Sha256.hex(label, DIGITS);
    }

    @Override
    public int compareTo(OwnerId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
