package io.interlock.app.plugin.guard;

/** Thrown when a call to a plugin fails. The message is for people, and no object of the plugin is kept. */
public final class PluginCallException extends Exception {

    private static final long serialVersionUID = 1L;

    public PluginCallException(String message) {
        super(message);
    }
}
