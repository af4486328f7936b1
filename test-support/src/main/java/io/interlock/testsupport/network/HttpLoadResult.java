package io.interlock.testsupport.network;

import java.util.List;
import java.util.Map;

/**
 * Results of all requests.
 *
 * @param sent number of requests, including failed connections
 * @param byStatus number of answers by status
 * @param failures number of requests without an answer, by failure
 * @param requestFailures all requests that were not answered with 200, in the order in which they failed
 * @param latencies microseconds from the time at which a request was due to the end of its answer with 200, ascending
 */
public record HttpLoadResult(
        long sent,
        Map<Integer, Long> byStatus,
        Map<String, Long> failures,
        List<RequestFailure> requestFailures,
        List<Long> latencies) {

    /**
     * Request that was not answered with 200.
     *
     * @param due when it should have been sent, in milliseconds since the load began
     * @param over when its failure was known, in the same unit
     */
    public record RequestFailure(String path, String what, long due, long over) {}

    /** Returns the number of answers with this status. */
    public long withStatus(int status) {
        return byStatus.getOrDefault(status, 0L);
    }

    /** Whether every request was answered with 200. */
    public boolean isFlawless() {
        return withStatus(200) == sent;
    }

    /**
     * Returns the latency in milliseconds that this share of the answers with 200 did not exceed; 1 for the slowest of
     * them.
     */
    public double millis(double share) {
        if (latencies.isEmpty()) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * latencies.size()) - 1;
        return latencies.get(Math.max(index, 0)) / 1000.0;
    }

    /** Returns everything except the latencies. */
    @Override
    public String toString() {
        return "%d sent; answered %s; failed %s; %s".formatted(sent, byStatus, failures, requestFailures);
    }
}
