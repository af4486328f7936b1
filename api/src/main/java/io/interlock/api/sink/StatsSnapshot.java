package io.interlock.api.sink;

import io.interlock.api.Experimental;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.status.InterlockStatus;
import java.util.Map;

/**
 * All statistics at one moment.
 *
 * @param host status of Interlock itself
 * @param proxies statistics of the proxies, by plugin id of their load balancers; a proxy that has none, or does not
 *     answer in time, is missing
 */
@Experimental
public record StatsSnapshot(InterlockStatus host, Map<String, ProxyStats> proxies) {
    public StatsSnapshot {
        proxies = Map.copyOf(proxies);
    }
}
