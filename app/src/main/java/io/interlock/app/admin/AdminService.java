package io.interlock.app.admin;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.app.status.InterlockEventLog;
import io.interlock.app.status.StatusView;
import java.io.IOException;
import java.util.Map;

/** Where questions about an Interlock are answered. May be called on any thread. */
public interface AdminService {

    /** Everything that is known now; waits for what proxies say, for a limited time. */
    StatusView view() throws InterruptedException;

    /** What happened lately. */
    InterlockEventLog events();

    /**
     * What each load balancer would write for what is wanted now, by plugin id.
     *
     * @throws IOException if one cannot tell; the message says which and why
     */
    Map<String, ConfigPreview> previews() throws IOException, InterruptedException;

    /**
     * Changes how much is logged, until the next start.
     *
     * @param level one of {@code error}, {@code warn}, {@code info}, {@code debug}, {@code trace}
     * @throws IllegalArgumentException if it is none
     */
    void logLevel(String level);
}
