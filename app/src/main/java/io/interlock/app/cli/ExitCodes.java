package io.interlock.app.cli;

/** What this process can end with. The launcher adds 3: no suitable Java. */
public final class ExitCodes {

    /** All went well; of {@code explain}: it is served. */
    public static final int OK = 0;
    /** Something broke that the configuration cannot be blamed for. */
    public static final int FAILED = 1;
    /** The command line or the configuration is wrong; nothing was started. */
    public static final int INVALID = 2;
    /** The command is for a running Interlock, and none runs with this configuration. */
    public static final int NOT_RUNNING = 4;
    /** {@code explain} has an answer: it is not served. */
    public static final int NOT_SERVED = 5;

    /**
     * {@code status --exit-code} has an answer: something is not as requested; {@code migrate}: something is lost or not
     * served, or an answer differs.
     */
    public static final int PROBLEMS = 6;

    private ExitCodes() {}
}
