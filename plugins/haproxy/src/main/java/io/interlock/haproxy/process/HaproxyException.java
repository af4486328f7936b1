package io.interlock.haproxy.process;

/** Something about HAProxy did not work. The message is for the operator. */
public sealed class HaproxyException extends Exception {

    private static final long serialVersionUID = 1L;

    public HaproxyException(String message) {
        super(message);
    }

    public HaproxyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** HAProxy read the configuration and will never take it. */
    public static final class InvalidConfig extends HaproxyException {

        private static final long serialVersionUID = 1L;

        public InvalidConfig(String message) {
            super(message);
        }
    }
}
