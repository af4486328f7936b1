package io.interlock.app.topology;

import java.util.List;
import java.util.Optional;

/**
 * What one container's facts mean, whatever else runs.
 *
 * @param candidate the container as one that can be served; empty if it cannot, and a finding says why
 * @param findings about it
 */
record Interpretation(Optional<Candidate> candidate, List<Finding> findings) {}
