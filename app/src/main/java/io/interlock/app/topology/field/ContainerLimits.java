package io.interlock.app.topology.field;

/** Sums that one container may ask for. What a single field may have stands with the field, in {@link ContainerField}. */
public final class ContainerLimits {

    /** Characters of INTERLOCK_DATA. */
    public static final int DOCUMENT_LENGTH = 65_536;

    /** Labels that begin with {@code interlock.}. */
    public static final int LABELS = 5_000;

    /** Routes. */
    public static final int ROUTES = 50;

    /** Different names in {@code alias_domains} of the container and all its routes. */
    public static final int ALIASES = 100;

    /** Conditions of one route, {@code match_*} together. */
    public static final int CONDITIONS = 20;

    /** Findings of each kind, those that leave the container out and the others. */
    static final int FINDINGS = 50;

    private ContainerLimits() {}
}
