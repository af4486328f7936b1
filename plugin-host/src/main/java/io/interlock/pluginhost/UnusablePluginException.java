package io.interlock.pluginhost;

/** Thrown if a plugin cannot be used. The message tells the operator what is wrong and what to do. */
public final class UnusablePluginException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusablePluginException(String message) {
        super(message);
    }

    public UnusablePluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
