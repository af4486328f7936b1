package io.interlock.haproxy.model;

/**
 * Parameters common to all servers of a backend. HAProxy does not apply them to servers that are added at run time.
 *
 * @param parameters in addition to those of the server; may be empty
 * @param cookie whether each server has a value of a cookie
 */
public record ServerDefaults(String parameters, boolean cookie) {

    /** Defaults of a backend without common parameters. */
    public static final ServerDefaults NONE = new ServerDefaults("", false);
}
