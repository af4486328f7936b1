package io.interlock.app.topology.field;

/**
 * Limits of what one container may ask for in total. The limits of a single field are part of its
 * {@link ContainerField}.
 */
public final class ContainerLimits {

    /** Maximum number of characters of INTERLOCK_DATA. */
    public static final int DOCUMENT_LENGTH = 65_536;

    /** Maximum number of labels that begin with {@code interlock.}. */
    public static final int LABELS = 5_000;

    /** Maximum number of routes. */
    public static final int ROUTES = 50;

    /**
     * Highest value of the operator's limit for different names in {@code alias_domains} of the container and all its
     * routes.
     */
    public static final int ALIASES = 1_000;

    /** Maximum number of regular expressions for the paths of a route. */
    public static final int PATH_EXPRESSIONS = 5;

    /** Maximum number of different regular expressions among the names of the container and all its routes. */
    public static final int EXPRESSIONS = 10;

    /** Maximum number of conditions of one route, all {@code match_*} fields together. */
    public static final int CONDITIONS = 20;

    /** Maximum number of headers that a server that authenticates gets, and that it gives. */
    static final int AUTH_HEADERS = 32;

    /** Maximum number of findings of each kind: those that leave the container out, and the others. */
    static final int FINDINGS = 50;

    private ContainerLimits() {}
}
