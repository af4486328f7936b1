package io.interlock.api.topology;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Route that leads requests of a virtual host to a backend. It matches requests whose path lies below a prefix, or is the
 * prefix itself ({@link RouteCondition.ExactPath}), and that meet all conditions. Of several matching routes, the one with the highest priority wins; among those the one with the
 * longest prefix, then the one with the most conditions, then the first in the virtual host's list.
 *
 * @param pathPrefix absolute path of whole segments: {@code /api} matches {@code /api} and {@code /api/x}, not
 *     {@code /apix}; {@code /} matches everything; no trailing slash otherwise; at most 1024 characters
 * @param conditions conditions that must all hold; none twice, at most 20
 * @param priority from -1000 to 1000; usually 0
 * @param backendName name of a backend of the same topology
 */
public record Route(String pathPrefix, List<RouteCondition> conditions, int priority, String backendName)
        implements Comparable<Route> {

    /** Prefix that matches every path. */
    public static final String EVERYTHING = "/";

    private static final int MAX_PREFIX_LENGTH = 1024;
    private static final Pattern PREFIX = Pattern.compile("/|(?:/[A-Za-z0-9._~!$&()*+,;=:@%-]+)+");
    private static final int MAX_CONDITIONS = 20;
    private static final int MAX_PRIORITY = 1000;

    /** Order in which routes are tried; routes that are equal in it are tried in the order of the list. */
    static final Comparator<Route> FIRST_TO_BE_TRIED = Comparator.<Route>comparingInt(route -> -route.priority())
            .thenComparingInt(route -> -route.pathPrefix().length())
            .thenComparingInt(route -> -route.conditions().size())
            .thenComparing(Route::pathPrefix);

    private static final Comparator<Route> ORDER = FIRST_TO_BE_TRIED
            .thenComparing(route -> route.conditions().toString())
            .thenComparing(Route::backendName);

    /**
     * Sorts the conditions.
     *
     * @throws IllegalArgumentException if the prefix is not an absolute path of RFC 3986 characters, the backend's name
     *     is invalid, a condition occurs twice or contradicts another, there are too many, or the priority is out of
     *     range
     */
    public Route {
        if (pathPrefix.length() > MAX_PREFIX_LENGTH
                || !PREFIX.matcher(pathPrefix).matches()) {
            throw new IllegalArgumentException(
                    "not a path prefix: " + QuotedText.quoted(pathPrefix) + ", expected an absolute path such as /api");
        }
        conditions = conditions.stream()
                .sorted(Comparator.comparing(RouteCondition::toString))
                .toList();
        if (conditions.size() > MAX_CONDITIONS || new HashSet<>(conditions).size() < conditions.size()) {
            throw new IllegalArgumentException(
                    "expected at most " + MAX_CONDITIONS + " conditions, none twice: " + conditions);
        }
        long exact = exactPaths(conditions).count();
        if (exact > 1
                || (exact == 1
                        && pathPrefix.equals(EVERYTHING)
                        && !exactPaths(conditions).allMatch(RouteCondition.ExactPath::slash))) {
            throw new IllegalArgumentException("expected one path alone: " + pathPrefix + " with " + conditions);
        }
        if (Math.abs(priority) > MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "priority is " + priority + ", expected -" + MAX_PRIORITY + " to " + MAX_PRIORITY);
        }
        Backend.requireName(backendName);
    }

    /** Creates a route without conditions. */
    public Route(String pathPrefix, String backendName) {
        this(pathPrefix, List.of(), 0, backendName);
    }

    /** Creates a route that matches every path. */
    public static Route toBackend(String backendName) {
        return new Route(EVERYTHING, backendName);
    }

    private static boolean isOfPath(RouteCondition condition) {
        return condition instanceof RouteCondition.ExactPath || condition instanceof RouteCondition.Path;
    }

    /** Whether it has conditions besides the path. */
    public boolean asksForMoreThanPath() {
        return !conditions.stream().allMatch(Route::isOfPath);
    }

    private static Stream<RouteCondition.ExactPath> exactPaths(List<RouteCondition> conditions) {
        return conditions.stream()
                .filter(RouteCondition.ExactPath.class::isInstance)
                .map(RouteCondition.ExactPath.class::cast);
    }

    /** Whether the path of a request alone decides if this route is taken: one path, or the longest prefix. */
    public boolean isPlain() {
        return priority == 0 && conditions.stream().allMatch(RouteCondition.ExactPath.class::isInstance);
    }

    /** Whether it matches every path. */
    public boolean isForAllPaths() {
        return pathPrefix.equals(EVERYTHING) && conditions.stream().noneMatch(Route::isOfPath);
    }

    /** Whether it matches one path alone. */
    public boolean isExact() {
        return exactPath().isPresent();
    }

    /** Returns the only path that it matches; empty if it matches all below its prefix. */
    public Optional<String> exactPath() {
        return exactPaths(conditions)
                .map(exact -> pathPrefix + (exact.slash() && !pathPrefix.equals(EVERYTHING) ? "/" : ""))
                .findFirst();
    }

    /** Whether it matches the path of a request in normal form, its other conditions aside. */
    public boolean matchesPath(String path) {
        return conditions.stream()
                        .allMatch(condition ->
                                !(condition instanceof RouteCondition.Path expressions) || expressions.matches(path))
                && exactPath()
                        .map(path::equals)
                        .orElse(pathPrefix.equals(EVERYTHING)
                                || path.equals(pathPrefix)
                                || path.startsWith(pathPrefix + "/"));
    }

    /**
     * Compares by the order in which routes are tried, as far as {@link Route} decides it, then by an arbitrary order.
     * The order of a virtual host's list has precedence.
     */
    @Override
    public int compareTo(Route other) {
        return ORDER.compare(this, other);
    }
}
