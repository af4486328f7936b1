package io.interlock.app;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.app.docker.EngineFleet;
import io.interlock.app.sinks.SinkSurroundings;
import io.interlock.app.status.Explainer;
import io.interlock.app.status.Proxies;
import io.interlock.app.status.StatusBoard;
import java.io.IOException;

/** What statistics sinks get: the same as everybody who asks. */
record SinkSources(StatusBoard board, Proxies proxies, EngineFleet engines) implements SinkSurroundings.Sources {

    @Override
    public StatsSnapshot snapshot() throws InterruptedException {
        return new StatsSnapshot(board.status(), proxies.stats());
    }

    @Override
    public Explanation explain(String question) throws InterruptedException {
        return Explainer.explain(question, board.view(proxies.stats()));
    }

    @Override
    public ContainerResources resources(String engineId, String containerId) throws IOException {
        return engines.resources(engineId, containerId);
    }
}
