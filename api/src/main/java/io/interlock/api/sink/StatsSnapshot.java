package io.interlock.api.sink;

import io.interlock.api.Experimental;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.status.InterlockStatus;
import java.util.Map;

/**
 * All statistics, at one moment.
 *
 * @param host what Interlock itself knows and does
 * @param proxies what load balancers' proxies count, by plugin id; one that does not say, or not in time, is missing
 */
@Experimental
public record StatsSnapshot(InterlockStatus host, Map<String, ProxyStats> proxies) {
    public StatsSnapshot {
        proxies = Map.copyOf(proxies);
    }
}
