package io.interlock.haproxy.process;

import java.util.List;

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

        private final transient List<HaproxyAlert> alerts;

        /**
         * @param alerts what HAProxy says, besides that it has something to say
         */
        public InvalidConfig(String message, List<HaproxyAlert> alerts) {
            super(message);
            this.alerts = List.copyOf(alerts);
        }

        /** What HAProxy says, the first fifty or so; may be empty. */
        public List<HaproxyAlert> alerts() {
            return alerts;
        }
    }
}
