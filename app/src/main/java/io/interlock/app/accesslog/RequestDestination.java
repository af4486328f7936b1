package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.status.AccessLogStatus;
import io.interlock.app.config.accesslog.AccessLogConfig;

/** Destination of requests. Safe for all threads. */
interface RequestDestination extends AutoCloseable {

    /** Begins to work. */
    void start();

    /** Takes an entry if it is wanted and fits; returns at once. */
    void offer(AccessLogEntry entry);

    /** What became of entries. */
    AccessLogStatus status();

    /** Opens its file again, if it has one; returns at once. */
    void reopen();

    /** Whether this is the destination of an entry of the configuration. */
    boolean isOf(AccessLogConfig other);

    @Override
    void close();
}
