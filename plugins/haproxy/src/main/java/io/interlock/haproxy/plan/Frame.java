package io.interlock.haproxy.plan;

import java.util.List;

/**
 * Everything in the configuration besides backends: it changes by a reload only.
 *
 * @param digest of the text, whatever the two facts below
 * @param wildcardDepths for how many labels wildcards are looked up, most first
 * @param paths whether paths are looked up
 * @param tls whether there is a list of certificates
 * @param challenges whether challenges of certificate authorities are looked up
 */
public record Frame(String digest, List<Integer> wildcardDepths, boolean paths, boolean tls, boolean challenges) {
    public Frame {
        wildcardDepths = List.copyOf(wildcardDepths);
    }

    /** One of plain HTTP. */
    public Frame(String digest, List<Integer> wildcardDepths, boolean paths) {
        this(digest, wildcardDepths, paths, false, false);
    }

    /** Whether HAProxy with this one can serve what the other one is for; looking up more than needed does no harm. */
    boolean covers(Frame wanted) {
        return digest.equals(wanted.digest)
                && (paths || !wanted.paths)
                && wildcardDepths.containsAll(wanted.wildcardDepths);
    }
}
