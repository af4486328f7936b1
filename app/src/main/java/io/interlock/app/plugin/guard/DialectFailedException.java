package io.interlock.app.plugin.guard;

/** Thrown when a call to a dialect fails. The message is for people, and no object of the plugin is kept. */
public final class DialectFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    DialectFailedException(String message) {
        super(message);
    }
}
