package io.interlock.app.plugin.guard;

/** A statistics sink did not do what it was asked to. The message is for people, and nothing of the plugin's is kept. */
public final class SinkFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    SinkFailedException(String message) {
        super(message);
    }
}
