package io.interlock.haproxy.process;

import java.util.List;

/** Signals a failure of HAProxy. The message is for the operator. */
public sealed class HaproxyException extends Exception {

    private static final long serialVersionUID = 1L;

    public HaproxyException(String message) {
        super(message);
    }

    public HaproxyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Signals a configuration that HAProxy has read and will never accept. */
    public static final class InvalidConfig extends HaproxyException {

        private static final long serialVersionUID = 1L;

        private final transient List<HaproxyAlert> alerts;

        /**
         * @param alerts HAProxy's alerts, without the summary
         */
        public InvalidConfig(String message, List<HaproxyAlert> alerts) {
            super(message);
            this.alerts = List.copyOf(alerts);
        }

        /** HAProxy's alerts, about the first fifty; may be empty. */
        public List<HaproxyAlert> alerts() {
            return alerts;
        }
    }
}
