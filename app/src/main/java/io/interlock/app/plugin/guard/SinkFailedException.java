package io.interlock.app.plugin.guard;

/** Thrown when a call to a statistics sink fails. The message is for people, and no object of the plugin is kept. */
public final class SinkFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    SinkFailedException(String message) {
        super(message);
    }
}
