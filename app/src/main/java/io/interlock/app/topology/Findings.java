package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.Finding.Severity;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.List;

/** Collects what is found out about one container; bounded, whatever the container says. */
final class Findings {

    private static final int MAX_MINOR = 50;

    private final ContainerKey container;
    private final String containerName;
    private final List<Finding> found = new ArrayList<>();
    private boolean served = true;
    private int suppressed;

    Findings(ContainerFacts facts) {
        container = facts.key();
        containerName = PrintableText.of(facts.name().isBlank() ? facts.key().shortId() : facts.name());
    }

    /** It asked to be served and cannot be. */
    void leftOut(String field, String value, String message) {
        served = false;
        add(Severity.LEFT_OUT, field, value, message);
    }

    void leftOut(Given given, String message) {
        leftOut(given.place(), given.shown(), message);
    }

    /** It is in a state in which it is not to be served. */
    void waiting(String field, String value, String message) {
        served = false;
        add(Severity.WAITING, field, value, message);
    }

    /** It never asked to be served. */
    void notAddressed(String field, String value, String message) {
        served = false;
        add(Severity.NOT_ADDRESSED, field, value, message);
    }

    /** Something that it asked for is not taken. */
    void ignored(String field, String value, String message) {
        addMinor(Severity.IGNORED, field, value, message);
    }

    void ignored(Given given, String message) {
        ignored(given.place(), given.shown(), message);
    }

    /** Something that it left open was decided. */
    void choice(String field, String value, String message) {
        addMinor(Severity.CHOICE, field, value, message);
    }

    /** Whether nothing so far keeps the container from being served. */
    boolean served() {
        return served;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The container's name, fit to be shown. */
    String containerName() {
        return containerName;
    }

    List<Finding> toList() {
        if (suppressed > 0) {
            add(Severity.IGNORED, "INTERLOCK_DATA", "", "has " + suppressed + " more problems, which are not listed");
            suppressed = 0;
        }
        return List.copyOf(found);
    }

    private void addMinor(Severity severity, String field, String value, String message) {
        if (found.size() < MAX_MINOR) {
            add(severity, field, value, message);
        } else {
            suppressed++;
        }
    }

    private void add(Severity severity, String field, String value, String message) {
        Finding finding = new Finding(
                severity, container, containerName, PrintableText.of(field), PrintableText.of(value), message);
        if (!found.contains(finding)) {
            // What is said for all routes is judged once for each.
            found.add(finding);
        }
    }
}
