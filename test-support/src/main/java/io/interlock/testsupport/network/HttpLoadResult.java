package io.interlock.testsupport.network;

import java.util.List;
import java.util.Map;

/**
 * What became of all requests.
 *
 * @param sent how many were sent, failed connections included
 * @param byStatus how many were answered with each status
 * @param failures how many were not answered, by what happened
 * @param requestFailures everything that was not answered with 200, in the order in which it came to light
 * @param latencies microseconds from when a request was due to the end of its answer with 200, in ascending order
 */
public record HttpLoadResult(
        long sent,
        Map<Integer, Long> byStatus,
        Map<String, Long> failures,
        List<RequestFailure> requestFailures,
        List<Long> latencies) {

    /**
     * A request that was not answered with 200.
     *
     * @param due when it should have been sent, in milliseconds since the load began
     * @param over when that came out, likewise
     */
    public record RequestFailure(String path, String what, long due, long over) {}

    /** How many were answered with this status. */
    public long withStatus(int status) {
        return byStatus.getOrDefault(status, 0L);
    }

    /** Whether every request was answered with 200. */
    public boolean isFlawless() {
        return withStatus(200) == sent;
    }

    /** The latency in milliseconds that this share of the good answers did not exceed; 1 for the slowest of them. */
    public double millis(double share) {
        if (latencies.isEmpty()) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * latencies.size()) - 1;
        return latencies.get(Math.max(index, 0)) / 1000.0;
    }

    /** Everything but the latencies of all requests. */
    @Override
    public String toString() {
        return "%d sent; answered %s; failed %s; %s".formatted(sent, byStatus, failures, requestFailures);
    }
}
