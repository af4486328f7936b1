package io.interlock.app.topology;

import java.util.List;

/**
 * What one container's facts mean, whatever else runs.
 *
 * @param candidates the container as one that can be served, by route if it asks for several; empty if it cannot, and a finding says
 *     why
 * @param findings about it
 */
record Interpretation(List<Candidate> candidates, List<Finding> findings) {
    Interpretation {
        candidates = List.copyOf(candidates);
    }
}
