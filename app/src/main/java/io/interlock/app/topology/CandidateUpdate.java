package io.interlock.app.topology;

import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.List;
import java.util.Set;

/**
 * Difference between the candidates that may be served and those of the previous update. A changed candidate is in both
 * sets.
 *
 * @param removed candidates that are no longer served
 * @param added candidates that are served from now on
 * @param findings about all containers, sorted; the same list as before if nothing changed
 */
public record CandidateUpdate(Set<ServerCandidate> removed, List<ServerCandidate> added, List<Finding> findings) {}
