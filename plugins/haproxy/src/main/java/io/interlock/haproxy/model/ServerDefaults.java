package io.interlock.haproxy.model;

/**
 * What each server of a backend has, and HAProxy does not give to those that come while it runs.
 *
 * @param parameters beside a server's own; may be empty
 * @param cookie whether each has a value of a cookie
 */
public record ServerDefaults(String parameters, boolean cookie) {

    /** Those of a backend that says nothing of its servers. */
    public static final ServerDefaults NONE = new ServerDefaults("", false);
}
