package io.interlock.app.acme;

import io.interlock.api.topology.AcmeChallenge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Index of the challenges that each load balancer of this Interlock answers. Safe for all threads. */
final class AnsweredChallenges {

    private final Map<String, Set<String>> tokensByLoadBalancer = new ConcurrentHashMap<>();

    /** Replaces the challenges of one load balancer; returns whether they differ from before. */
    boolean put(String loadBalancer, List<AcmeChallenge> challenges) {
        Set<String> tokens = challenges.stream().map(AcmeChallenge::token).collect(Collectors.toSet());
        return !tokens.equals(tokensByLoadBalancer.put(loadBalancer, tokens));
    }

    /** Forgets a load balancer that is no longer used. */
    void remove(String loadBalancer) {
        tokensByLoadBalancer.remove(loadBalancer);
    }

    /** The tokens of the challenges that every load balancer answers. */
    Set<String> byAll() {
        Set<String> all = new TreeSet<>();
        tokensByLoadBalancer.values().forEach(all::addAll);
        tokensByLoadBalancer.values().forEach(all::retainAll);
        return all;
    }
}
