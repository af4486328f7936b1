package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;

/** Receiver of the log of requests. Its methods return at once; any thread may call them. */
@Experimental
public interface AccessLogReceiver {

    /** Receiver that ignores everything. */
    AccessLogReceiver NONE = new AccessLogReceiver() {
        @Override
        public void accept(AccessLogEntry entry) {}

        @Override
        public void lost(long count) {}
    };

    /** Takes an entry. */
    void accept(AccessLogEntry entry);

    /**
     * Records that entries were lost before they could be handed over.
     *
     * @param count how many, at least
     */
    void lost(long count);
}
