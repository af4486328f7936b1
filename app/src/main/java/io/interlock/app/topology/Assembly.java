package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import java.util.List;

/**
 * What is to be served, and why.
 *
 * @param topology what is to be served now
 * @param findings by container, then severity, worst first; everything that was left out, ignored or chosen
 * @param warmUps containers that are to be heard of before they are served; not in the topology yet
 */
public record Assembly(Topology topology, List<Finding> findings, List<WarmUp> warmUps) {
    public Assembly {
        findings = List.copyOf(findings);
        warmUps = List.copyOf(warmUps);
    }
}
