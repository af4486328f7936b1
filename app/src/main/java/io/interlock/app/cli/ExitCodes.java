package io.interlock.app.cli;

/** What this process can end with. The launcher adds 3: no suitable Java. */
public final class ExitCodes {

    /** All went well. */
    public static final int OK = 0;
    /** Something broke that the configuration cannot be blamed for. */
    public static final int FAILED = 1;
    /** The command line or the configuration is wrong; nothing was started. */
    public static final int INVALID = 2;

    private ExitCodes() {}
}
