package io.interlock.app.topology.field;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.ClaimRefusal;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.util.CountText;
import io.interlock.util.PrintableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is found out about one container; bounded, whatever the container says. */
public final class FindingCollector {

    private final ContainerKey container;
    private final String dataPlace;
    private final String containerName;
    /** What is said for all routes is found once for each. */
    private final Set<Finding> found = new LinkedHashSet<>();

    private int major;
    private int minor;
    private boolean served = true;
    private int suppressed;

    public FindingCollector(ContainerFacts facts) {
        container = facts.key();
        dataPlace = facts.dataPlace();
        containerName = PrintableText.of(facts.name().isBlank() ? facts.key().shortId() : facts.name());
    }

    /** It asked to be served and cannot be. */
    public void leftOut(String field, String value, FindingText text) {
        served = false;
        if (major < ContainerLimits.FINDINGS) {
            major += add(Severity.LEFT_OUT, field, value, text) ? 1 : 0;
        } else {
            suppressed++;
        }
    }

    public void leftOut(String field, String value, String reason) {
        leftOut(field, value, FindingText.notServed(reason));
    }

    public void leftOut(FieldValue given, String reason) {
        leftOut(given.place(), given.shown(), reason);
    }

    /**
     * A value cannot be understood.
     *
     * @param expected what is wrong, or was expected; without an end
     */
    public void wrong(ContainerField field, FieldValue given, String expected) {
        consequence(field.wrongValue(), given, expected);
    }

    /** A value is of no use. Where somebody relies on the field, the container is left out. */
    public void meaningless(ContainerField field, FieldValue given, String why) {
        boolean unsafe = field.failsClosed() && field.wrongValue().leavesOut();
        consequence(unsafe ? WrongValueEffect.UNPROTECTED : WrongValueEffect.IGNORED, given, why);
    }

    /** A value stands at the name of no field. If somebody probably relies on it, the container is left out. */
    public void unknown(FieldValue given, String why, boolean failsClosed) {
        consequence(failsClosed ? WrongValueEffect.UNPROTECTED : WrongValueEffect.IGNORED, given, why);
    }

    private void consequence(WrongValueEffect consequence, FieldValue given, String why) {
        FindingText text = FindingText.of(why, consequence.effect());
        if (consequence.leavesOut()) {
            leftOut(given.place(), given.shown(), text);
        } else {
            ignored(given, text);
        }
    }

    /** It is in a state in which it is not to be served. */
    public void waiting(String field, String value, FindingText text) {
        served = false;
        add(Severity.WAITING, field, value, text);
    }

    /** It never asked to be served. */
    public void notAddressed(String field, String value, FindingText text) {
        served = false;
        add(Severity.NOT_ADDRESSED, field, value, text);
    }

    /** Something that it asked for is not taken. */
    public void ignored(FieldValue given, FindingText text) {
        addMinor(Severity.IGNORED, given.place(), given.shown(), text);
    }

    public void ignored(FieldValue given, String reason) {
        ignored(given, FindingText.ignored(reason));
    }

    public void ignored(String field, String value, String reason) {
        addMinor(Severity.IGNORED, field, value, FindingText.ignored(reason));
    }

    public void ignored(String field, String value, FindingText text) {
        addMinor(Severity.IGNORED, field, value, text);
    }

    /** Something that it left open was decided. */
    public void choice(String field, String value, FindingText text) {
        addMinor(Severity.CHOICE, field, value, text);
    }

    /**
     * A claim to which its owner has no right.
     *
     * @param severity whether it keeps the container from being served
     */
    public void refused(Severity severity, String field, FindingText text, ClaimRefusal claim) {
        served &= severity != Severity.LEFT_OUT;
        if (major < ContainerLimits.FINDINGS) {
            Finding finding = new Finding(
                    severity,
                    container,
                    containerName,
                    PrintableText.of(field),
                    PrintableText.of(claim.claimed()),
                    text,
                    Optional.of(claim));
            major += found.add(finding) ? 1 : 0;
        } else {
            suppressed++;
        }
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
            add(
                    Severity.IGNORED,
                    dataPlace,
                    "",
                    FindingText.of(
                            "has " + CountText.of(suppressed, "more problem"),
                            suppressed == 1 ? "it is not listed" : "they are not listed"));
            suppressed = 0;
        }
        return List.copyOf(found);
    }

    private void addMinor(Severity severity, String field, String value, FindingText text) {
        if (minor < ContainerLimits.FINDINGS) {
            minor += add(severity, field, value, text) ? 1 : 0;
        } else {
            suppressed++;
        }
    }

    private boolean add(Severity severity, String field, String value, FindingText text) {
        return found.add(new Finding(
                severity, container, containerName, PrintableText.of(field), PrintableText.of(value), text));
    }
}
