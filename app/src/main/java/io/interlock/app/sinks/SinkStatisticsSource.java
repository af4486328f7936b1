package io.interlock.app.sinks;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.status.LoadBalancerQueryService;
import io.interlock.app.status.StatusService;
import io.interlock.app.status.explain.ExplanationBuilder;
import java.io.IOException;

/** Source of statistics for sinks: the same data that other clients get. */
public record SinkStatisticsSource(
        StatusService statusService, LoadBalancerQueryService proxies, EngineWatcherManager engines)
        implements SinkEnvironment.DataSource {

    @Override
    public StatsSnapshot snapshot() throws InterruptedException {
        return new StatsSnapshot(statusService.status(), proxies.stats());
    }

    @Override
    public Explanation explain(String question) throws InterruptedException {
        return ExplanationBuilder.explain(question, statusService.view(proxies.stats()));
    }

    @Override
    public ContainerResources resources(String engineId, String containerId) throws IOException {
        return engines.resources(engineId, containerId);
    }
}
