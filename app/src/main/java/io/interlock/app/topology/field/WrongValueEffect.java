package io.interlock.app.topology.field;

/**
 * Consequence of a value that cannot be understood.
 *
 * @param effect what happens, as the end of a message
 * @param documented the same for the documentation
 * @param leavesOut whether the container is not served
 * @param failsClosed whether somebody relies on the field, if only for being spared requests that are meant for others. Then an empty
 *     value and a name that is nearly right have the same consequence
 */
public record WrongValueEffect(String effect, String documented, boolean leavesOut, boolean failsClosed) {

    private static final String LEFT_OUT = "leaves the container out";

    /** The container is served as if the field were not there. */
    static final WrongValueEffect IGNORED = new WrongValueEffect("; ignored", "ignored", false, false);

    /** Any other value might be the wrong one, too. */
    static final WrongValueEffect UNCLEAR = new WrongValueEffect("; not served", LEFT_OUT, true, false);

    /** Somebody relies on being protected by it. */
    static final WrongValueEffect UNPROTECTED =
            new WrongValueEffect("; not served, since serving without it might not be safe", LEFT_OUT, true, true);

    /** Somebody may rely on not being served. */
    static final WrongValueEffect UNWANTED =
            new WrongValueEffect("; not served, since it may say that it is not to be", LEFT_OUT, true, true);

    /** It selects requests. */
    static final WrongValueEffect MISDIRECTED =
            new WrongValueEffect("; not served, since it would be sent what is meant for others", LEFT_OUT, true, true);

    /** Another value counts, such as the default. */
    static WrongValueEffect replaced(String by) {
        return new WrongValueEffect("; " + by, by, false, false);
    }

    /** Whether an empty value is one for the field's reader, which takes the safest instead; else it is told at once. */
    public boolean readsEmpty() {
        return failsClosed && !leavesOut;
    }

    /** The safest value counts. */
    static WrongValueEffect strictest(String by) {
        return new WrongValueEffect("; " + by, by, false, true);
    }
}
