package io.interlock.app.services;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Finds out which addresses a host name has. Safe for all threads. */
interface HostLookup {

    /**
     * Answer about a name.
     *
     * @param addresses at least one
     * @param ttl how long it may be kept
     */
    record ResolvedHost(List<InetAddress> addresses, Duration ttl) {
        public ResolvedHost {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Looks a name up; may take seconds.
     *
     * @throws IOException if nobody knows its addresses; the message says why
     */
    ResolvedHost lookup(String host) throws IOException, InterruptedException;
}
