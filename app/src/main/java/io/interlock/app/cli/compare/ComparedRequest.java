package io.interlock.app.cli.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Request that both proxies get.
 *
 * @param host a name without wildcards
 * @param path begins with {@code /}
 */
public record ComparedRequest(String host, String path) {

    private static final String CONDITIONS = " with ";
    private static final String ALONE = " alone";
    private static final String PORT = "port ";
    private static final int MOST = 1_000;

    /**
     * Returns a request for each host and path, up to a thousand; none for ports of TCP and for regular expressions.
     *
     * @param routes as the report on a migration has them: {@code a.example.com/api with …}
     */
    static List<ComparedRequest> of(Collection<String> routes) {
        Set<ComparedRequest> requests = new LinkedHashSet<>();
        routes.forEach(route -> of(route).ifPresent(requests::add));
        return new ArrayList<>(requests).subList(0, Math.min(MOST, requests.size()));
    }

    private static Optional<ComparedRequest> of(String route) {
        int conditions = route.indexOf(CONDITIONS);
        String place = conditions < 0 ? route : route.substring(0, conditions);
        if (place.startsWith(PORT) || place.startsWith("~") || place.isEmpty()) {
            return Optional.empty();
        }
        boolean isExact = place.endsWith(ALONE);
        place = isExact ? place.substring(0, place.length() - ALONE.length()) : place;
        int slash = place.indexOf('/');
        String host = (slash < 0 ? place : place.substring(0, slash)).replace("*.", "www.");
        // Other proxies redirect from a folder without its slash, or take it for another path.
        String path = slash < 0
                ? "/"
                : isExact ? place.substring(slash) : place.substring(slash).replaceFirst("/*$", "/");
        boolean isSafe = (host + path).chars().allMatch(character -> character > ' ' && character < 127);
        return host.equals("*") || !isSafe ? Optional.empty() : Optional.of(new ComparedRequest(host, path));
    }
}
