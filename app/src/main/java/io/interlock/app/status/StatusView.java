package io.interlock.app.status;

import io.interlock.api.stats.ProxyStats;
import io.interlock.api.status.InterlockStatus;
import io.interlock.app.dialect.DialectSet;
import java.util.Map;

/**
 * Everything that an explanation can draw on.
 *
 * @param status everything about this Interlock
 * @param pipeline what it was made of
 * @param dialects what reads the labels for other proxies
 * @param proxies what load balancers' proxies say, by plugin id
 */
public record StatusView(
        InterlockStatus status, PipelineSnapshot pipeline, DialectSet dialects, Map<String, ProxyStats> proxies) {
    public StatusView {
        proxies = Map.copyOf(proxies);
    }
}
