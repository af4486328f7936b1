package io.interlock.caddy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which requests of a site a directive is about.
 *
 * @param path empty for all; {@code /x} for a path and what is below it, {@code /x/} for what is below it
 * @param isOpenEnded whether the path stands for all that begin with it, which Interlock cannot say: {@code /x*}
 * @param isExact whether the path stands for itself alone
 * @param hosts names among those of the site; empty for all
 * @param conditions values by field: {@code match_methods}
 * @param others address ranges of which the client must not be
 */
record RequestMatch(
        String path,
        boolean isOpenEnded,
        boolean isExact,
        List<String> hosts,
        Map<String, List<String>> conditions,
        List<String> others) {

    static final RequestMatch ALL = new RequestMatch("", false, false, List.of(), Map.of(), List.of());

    RequestMatch {
        hosts = List.copyOf(hosts);
        conditions = Map.copyOf(conditions);
        others = List.copyOf(others);
    }

    /** Returns the match of a path; empty for patterns that are no beginnings of paths. */
    static Optional<RequestMatch> ofPath(String pattern) {
        int star = pattern.indexOf('*');
        if (pattern.equals("*") || pattern.equals("/*")) {
            return Optional.of(ALL);
        }
        if (!pattern.startsWith("/") || (star >= 0 && star < pattern.length() - 1) || pattern.contains("{")) {
            return Optional.empty();
        }
        String path = star < 0 ? pattern : pattern.substring(0, star);
        return Optional.of(
                new RequestMatch(path, star > 0 && !path.endsWith("/"), star < 0, List.of(), Map.of(), List.of()));
    }

    RequestMatch withConditions(List<String> otherHosts, Map<String, List<String>> more, List<String> without) {
        return new RequestMatch(path, isOpenEnded, isExact, otherHosts, more, without);
    }

    boolean isAll() {
        return path.isEmpty() && !isConditional();
    }

    boolean isConditional() {
        return !hosts.isEmpty() || !conditions.isEmpty() || !others.isEmpty();
    }

    /** Whether all requests of the other match are among these. */
    boolean covers(RequestMatch other) {
        boolean hostsCover = hosts.isEmpty() || (!other.hosts.isEmpty() && hosts.containsAll(other.hosts));
        return pathCovers(other)
                && hostsCover
                && other.conditions.entrySet().containsAll(conditions.entrySet())
                && (others.isEmpty() || others.equals(other.others));
    }

    private boolean pathCovers(RequestMatch other) {
        if (isExact) {
            return other.isExact && path.equals(other.path);
        }
        return path.isEmpty()
                || path.equals(other.path)
                || other.path.startsWith(path.endsWith("/") ? path : path + "/");
    }

    /** Rank among matches: the longest path first, and one path alone before what is below it. */
    int pathRank() {
        return 2 * path.length() + (isExact ? 3 : 0);
    }

    /** Returns the same paths and other parts without ranges of clients that must not be. */
    RequestMatch withoutOthers() {
        return new RequestMatch(path, false, isExact, hosts, conditions, List.of());
    }

    /** Whether no request is among both, as far as paths and hosts tell. */
    boolean isApartFrom(RequestMatch other) {
        boolean hostsApart =
                !hosts.isEmpty() && !other.hosts.isEmpty() && hosts.stream().noneMatch(other.hosts::contains);
        boolean open = isOpenEnded && other.path.startsWith(path);
        boolean otherOpen = other.isOpenEnded && path.startsWith(other.path);
        return hostsApart || (!pathCovers(other) && !other.pathCovers(this) && !open && !otherOpen);
    }

    /** Returns the requests that are among both; empty if there are none, or if one match cannot say it. */
    Optional<RequestMatch> and(RequestMatch other) {
        if (isApartFrom(other) || (!pathCovers(other) && !other.pathCovers(this))) {
            return Optional.empty();
        }
        RequestMatch narrow = pathCovers(other) ? other : this;
        Map<String, List<String>> both = new TreeMap<>(conditions);
        for (Map.Entry<String, List<String>> condition : other.conditions.entrySet()) {
            List<String> before = both.put(condition.getKey(), condition.getValue());
            if (before != null && !before.equals(condition.getValue())) {
                return Optional.empty();
            }
        }
        List<String> names = hosts.isEmpty()
                ? other.hosts
                : other.hosts.isEmpty()
                        ? hosts
                        : hosts.stream().filter(other.hosts::contains).toList();
        return others.isEmpty() || other.others.isEmpty() || others.equals(other.others)
                ? Optional.of(narrow.withConditions(names, both, others.isEmpty() ? other.others : others))
                : Optional.empty();
    }

    /** Returns these requests below a path that was removed before. */
    RequestMatch below(RequestMatch parent) {
        String prefix = parent.path.endsWith("/") ? parent.path.substring(0, parent.path.length() - 1) : parent.path;
        return path.isEmpty() ? this : new RequestMatch(prefix + path, isOpenEnded, isExact, hosts, conditions, others);
    }
}
