package io.interlock.app.admin;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.app.accesslog.AccessLogManager;
import io.interlock.app.liveconfig.LiveConfigManager;
import io.interlock.app.status.InterlockEventLog;
import io.interlock.app.status.StatusView;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Answers questions about an Interlock. Any thread may call it. */
public interface AdminService {

    /** The current state; waits for the statistics of proxies, for a limited time. */
    StatusView view() throws InterruptedException;

    /** The latest events. */
    InterlockEventLog events();

    /**
     * The configuration that each load balancer would write for the current topology, by plugin id.
     *
     * @throws IOException if a load balancer cannot answer; the message names it and the reason
     */
    Map<String, ConfigPreview> previews() throws IOException, InterruptedException;

    /** The log of requests; empty if this Interlock does not run. */
    default Optional<AccessLogManager> accessLog() {
        return Optional.empty();
    }

    /** Reads the configuration again; empty if this Interlock does not run. */
    default Optional<LiveConfigManager> liveConfig() {
        return Optional.empty();
    }

    /**
     * Changes the log level, until the next start.
     *
     * @param level one of {@code error}, {@code warn}, {@code info}, {@code debug}, {@code trace}
     * @throws IllegalArgumentException if it is none of these
     */
    void logLevel(String level);
}
