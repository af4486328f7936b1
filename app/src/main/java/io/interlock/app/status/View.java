package io.interlock.app.status;

import io.interlock.api.stats.ProxyStats;
import io.interlock.api.status.HostStatus;
import java.util.Map;

/**
 * Everything that an explanation can draw on.
 *
 * @param status everything about this Interlock
 * @param observed what it was made of
 * @param proxies what load balancers' proxies say, by plugin id
 */
public record View(HostStatus status, Observed observed, Map<String, ProxyStats> proxies) {
    public View {
        proxies = Map.copyOf(proxies);
    }
}
