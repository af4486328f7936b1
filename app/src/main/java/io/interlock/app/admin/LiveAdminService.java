package io.interlock.app.admin;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.app.accesslog.AccessLogManager;
import io.interlock.app.liveconfig.LiveConfigManager;
import io.interlock.app.logging.LogLevels;
import io.interlock.app.status.InterlockEventLog;
import io.interlock.app.status.LoadBalancerQueryService;
import io.interlock.app.status.StatusService;
import io.interlock.app.status.StatusView;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Answers with the current status of an Interlock and the statistics of its load balancers. */
public record LiveAdminService(
        StatusService statusService,
        LoadBalancerQueryService proxies,
        Optional<LiveConfigManager> liveConfig,
        Optional<AccessLogManager> accessLog)
        implements AdminService {

    @Override
    public StatusView view() throws InterruptedException {
        return statusService.view(proxies.stats());
    }

    @Override
    public InterlockEventLog events() {
        return statusService.events();
    }

    @Override
    public Map<String, ConfigPreview> previews() throws IOException, InterruptedException {
        return proxies.previews(statusService.status().topology());
    }

    @Override
    public void logLevel(String level) {
        LogLevels.set(level);
    }
}
