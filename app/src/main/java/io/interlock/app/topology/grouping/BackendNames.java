package io.interlock.app.topology.grouping;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.app.topology.options.RouteScope;
import io.interlock.util.Sha256;
import java.util.regex.Pattern;

/**
 * Names backends. The name consists of the host name ({@code www_example_com}), followed by the path if there is one
 * ({@code www_example_com___api_v1}), or by the path and a hash if there are conditions
 * ({@code www_example_com___if_api___0123456789abcdef}). The name of a backend for TCP begins with the port
 * ({@code __tcp_5432}, {@code __tcp_5433___db_example_com}). That of reserved names is {@code __reserved}, or {@code
 * __reserved_5433}. No host name has three underscores in a row, or begins with one, so that no container can get the
 * backend of another one.
 */
public final class BackendNames {

    /** Name of the backend without servers for requests; no host name leads to it. */
    public static final String RESERVED = "__reserved";

    private static final String SEPARATOR = "___";
    /** Beginning that no host name has. */
    private static final String TCP = "__tcp_";

    private static final String CONDITIONAL = "if";
    private static final int DIGITS = 16;

    /** Paths that stay distinct when underscores replace their slashes. */
    private static final Pattern PLAIN = Pattern.compile("(?:/[A-Za-z0-9-]+){1,64}");

    private static final int MOST_SHOWN = 64;
    private static final int MAX_LENGTH = 512;

    private BackendNames() {}

    public static String of(HostName name, RouteScope scope) {
        String all = unbounded(name, scope);
        return all.length() <= MAX_LENGTH
                ? all
                : all.substring(0, MAX_LENGTH - SEPARATOR.length() - DIGITS) + SEPARATOR + digest(all);
    }

    /** Returns the name of the backend without servers for a port. */
    static String reserved(int port) {
        return RESERVED + "_" + port;
    }

    private static String unbounded(HostName name, RouteScope scope) {
        String host = Backend.nameFor(name);
        String path = scope.path();
        if (scope.listen().isPresent()) {
            return TCP + scope.listen().getAsInt() + (name.isAny() ? "" : SEPARATOR + host);
        }
        if (!scope.conditions().isEmpty()) {
            return host
                    + SEPARATOR
                    + CONDITIONAL
                    + start(path.replaceAll("[^A-Za-z0-9-]+", "_"))
                    + SEPARATOR
                    + digest(text(scope));
        }
        if (path.equals(Route.EVERYTHING)) {
            return host;
        }
        String shown = path.substring(1).replaceAll("[^A-Za-z0-9-]", "_");
        boolean plain = PLAIN.matcher(path).matches() && shown.length() <= MOST_SHOWN;
        return host + SEPARATOR + (plain ? shown : start(shown).replaceAll("_+", "_") + SEPARATOR + digest(path));
    }

    private static String start(String text) {
        return text.substring(0, Math.min(MOST_SHOWN, text.length()));
    }

    /**
     * Returns the text of the scope that becomes part of the names of backends. Users see these names in logs and
     * metrics, so the text must not depend on class names.
     */
    private static String text(RouteScope scope) {
        return "Scope[path=" + scope.path() + ", conditions=" + scope.conditions() + ", listen=" + scope.listen() + "]";
    }

    private static String digest(String text) {
        return Sha256.hex(text, DIGITS);
    }
}
