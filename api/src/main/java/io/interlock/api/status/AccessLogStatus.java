package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.util.List;

/**
 * Status of one destination of the log of requests. Counts are of the time since Interlock was started, or since the
 * destination was configured.
 *
 * @param destination where lines go, as the operator wrote it; {@link #PROXY} for what load balancers lost before it
 *     reached Interlock
 * @param written lines written
 * @param dropped lines that were lost, at least
 * @param isDropping whether lines were lost within the last minutes
 * @param reason why lines cannot be written at present; empty if they can
 * @param latencies the histograms of a destination that counts requests instead of writing lines
 */
@Experimental
public record AccessLogStatus(
        String destination,
        long written,
        long dropped,
        boolean isDropping,
        String reason,
        List<LatencyHistogram> latencies) {

    /** Stands for all destinations, which a load balancer's lost lines did not reach. */
    public static final String PROXY = "proxy";

    public AccessLogStatus {
        latencies = List.copyOf(latencies);
    }

    /** Creates the status of a destination of lines. */
    public AccessLogStatus(String destination, long written, long dropped, boolean isDropping, String reason) {
        this(destination, written, dropped, isDropping, reason, List.of());
    }
}
