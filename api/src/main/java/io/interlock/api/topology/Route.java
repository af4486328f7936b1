package io.interlock.api.topology;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Leads the requests of a virtual host whose path lies below a prefix to a backend. The longest matching prefix wins.
 *
 * @param pathPrefix absolute path of whole segments: {@code /api} matches {@code /api} and {@code /api/x}, not
 *     {@code /apix}; {@code /} matches everything; no trailing slash otherwise; at most 1024 characters
 * @param backendName name of a backend of the same topology
 */
public record Route(String pathPrefix, String backendName) implements Comparable<Route> {

    /** The prefix that matches every path. */
    public static final String EVERYTHING = "/";

    private static final int MAX_PREFIX_LENGTH = 1024;
    private static final Pattern PREFIX = Pattern.compile("/|(?:/[A-Za-z0-9._~!$&()*+,;=:@%-]+)+");
    private static final Comparator<Route> LONGEST_PREFIX_FIRST = Comparator.<Route>comparingInt(
                    route -> -route.pathPrefix().length())
            .thenComparing(Route::pathPrefix)
            .thenComparing(Route::backendName);

    /**
     * @throws IllegalArgumentException if the prefix is no absolute path of RFC 3986 characters, or the backend's name
     *     is not one
     */
    public Route {
        if (pathPrefix.length() > MAX_PREFIX_LENGTH
                || !PREFIX.matcher(pathPrefix).matches()) {
            throw new IllegalArgumentException(
                    "not a path prefix: " + Quoting.quoted(pathPrefix) + ", expected an absolute path such as /api");
        }
        Backend.requireName(backendName);
    }

    /** A route that takes every path. */
    public static Route toBackend(String backendName) {
        return new Route(EVERYTHING, backendName);
    }

    /** Longest prefix first: the order in which routes are to be tried. */
    @Override
    public int compareTo(Route other) {
        return LONGEST_PREFIX_FIRST.compare(this, other);
    }
}
