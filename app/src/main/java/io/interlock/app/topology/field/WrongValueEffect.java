package io.interlock.app.topology.field;

/**
 * Effect of a value that cannot be understood.
 *
 * @param effect the effect, as a finding states it
 * @param documented the effect for the documentation
 * @param leavesOut whether the container is not served
 * @param failsClosed whether the container relies on the field, for protection or so that it gets no requests for
 *     others; then an empty value and a similar name have the same effect
 */
public record WrongValueEffect(String effect, String documented, boolean leavesOut, boolean failsClosed) {

    private static final String LEFT_OUT = "leaves the container out";

    /** The container is served as if it did not give the field. */
    static final WrongValueEffect IGNORED = new WrongValueEffect("ignored", "ignored", false, false);

    /** The container is not served, because any other value might be wrong, too. */
    static final WrongValueEffect UNCLEAR = new WrongValueEffect("not served", LEFT_OUT, true, false);

    /** The container is not served, because it may rely on the field for protection. */
    static final WrongValueEffect UNPROTECTED =
            new WrongValueEffect("not served, since serving without it might not be safe", LEFT_OUT, true, true);

    /** The container is not served, because the value may say that it must not be. */
    static final WrongValueEffect UNWANTED =
            new WrongValueEffect("not served, since it may say that it is not to be", LEFT_OUT, true, true);

    /** The container is not served, because the field selects requests. */
    static final WrongValueEffect MISDIRECTED =
            new WrongValueEffect("not served, since it would be sent what is meant for others", LEFT_OUT, true, true);

    /** Creates an effect in which another value applies, for example the default. */
    static WrongValueEffect replaced(String by) {
        return new WrongValueEffect(by, by, false, false);
    }

    /**
     * Whether the field's reader gets an empty value, for which it then uses the safest one. For other fields, an empty
     * value is handled when the data is read.
     */
    public boolean readsEmpty() {
        return failsClosed && !leavesOut;
    }

    /** Creates an effect in which the safest value applies. */
    static WrongValueEffect strictest(String by) {
        return new WrongValueEffect(by, by, false, true);
    }
}
