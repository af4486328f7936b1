package io.interlock.app.topology.grouping;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.app.topology.options.RouteScope;
import io.interlock.util.Sha256;
import java.util.regex.Pattern;

/**
 * Names backends: by host name as ever ({@code www_example_com}), by path if there is one ({@code www_example_com___api_v1}), and by
 * conditions if there are some ({@code www_example_com___if_api___0123456789abcdef}); those
 * of TCP by port ({@code __tcp_5432}, {@code __tcp_5433___db_example_com}). No name of a host has three underscores in a row, so nobody can be given another one's backend.
 */
public final class BackendNames {

    private static final String SEPARATOR = "___";
    /** No host's name begins so. */
    private static final String TCP = "__tcp_";

    private static final String CONDITIONAL = "if";
    private static final int DIGITS = 16;

    /** Paths that can be told from each other when slashes are underscores. */
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

    /** Part of the names of backends, which users see in logs and metrics: independent of what classes are called. */
    private static String text(RouteScope scope) {
        return "Scope[path=" + scope.path() + ", conditions=" + scope.conditions() + ", listen=" + scope.listen() + "]";
    }

    private static String digest(String text) {
        return Sha256.hex(text, DIGITS);
    }
}
