package io.interlock.app.topology.field;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.util.PrintableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is found out about one container; bounded, whatever the container says. */
public final class FindingCollector {

    private final ContainerKey container;
    private final String containerName;
    /** What is said for all routes is found once for each. */
    private final Set<Finding> found = new LinkedHashSet<>();

    private int major;
    private int minor;
    private boolean served = true;
    private int suppressed;

    public FindingCollector(ContainerFacts facts) {
        container = facts.key();
        containerName = PrintableText.of(facts.name().isBlank() ? facts.key().shortId() : facts.name());
    }

    /** It asked to be served and cannot be. */
    public void leftOut(String field, String value, String message) {
        served = false;
        if (major < ContainerLimits.FINDINGS) {
            major += add(Severity.LEFT_OUT, field, value, message) ? 1 : 0;
        } else {
            suppressed++;
        }
    }

    public void leftOut(FieldValue given, String message) {
        leftOut(given.place(), given.shown(), message);
    }

    /**
     * A value cannot be understood.
     *
     * @param expected what is wrong, or was expected; without an end
     */
    public void wrong(ContainerField field, FieldValue given, String expected) {
        String message = expected + field.wrongValue().effect();
        if (field.wrongValue().leavesOut()) {
            leftOut(given, message);
        } else {
            ignored(given, message);
        }
    }

    /** A value is of no use. Where somebody relies on the field, the container is left out. */
    public void meaningless(ContainerField field, FieldValue given, String why) {
        boolean unsafe = field.failsClosed() && field.wrongValue().leavesOut();
        if (unsafe) {
            leftOut(given, why + WrongValueEffect.UNPROTECTED.effect());
        } else {
            ignored(given, why + WrongValueEffect.IGNORED.effect());
        }
    }

    /** It is in a state in which it is not to be served. */
    public void waiting(String field, String value, String message) {
        served = false;
        add(Severity.WAITING, field, value, message);
    }

    /** It never asked to be served. */
    public void notAddressed(String field, String value, String message) {
        served = false;
        add(Severity.NOT_ADDRESSED, field, value, message);
    }

    /** Something that it asked for is not taken. */
    public void ignored(String field, String value, String message) {
        addMinor(Severity.IGNORED, field, value, message);
    }

    public void ignored(FieldValue given, String message) {
        ignored(given.place(), given.shown(), message);
    }

    /** Something that it left open was decided. */
    public void choice(String field, String value, String message) {
        addMinor(Severity.CHOICE, field, value, message);
    }

    /** Whether nothing so far keeps the container from being served. */
    public boolean served() {
        return served;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The container's name, fit to be shown. */
    public String containerName() {
        return containerName;
    }

    public List<Finding> toList() {
        if (suppressed > 0) {
            add(Severity.IGNORED, "INTERLOCK_DATA", "", "has " + suppressed + " more problems, which are not listed");
            suppressed = 0;
        }
        return List.copyOf(found);
    }

    private void addMinor(Severity severity, String field, String value, String message) {
        if (minor < ContainerLimits.FINDINGS) {
            minor += add(severity, field, value, message) ? 1 : 0;
        } else {
            suppressed++;
        }
    }

    private boolean add(Severity severity, String field, String value, String message) {
        return found.add(new Finding(
                severity, container, containerName, PrintableText.of(field), PrintableText.of(value), message));
    }
}
