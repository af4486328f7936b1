package io.interlock.app.docker.swarm;

import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.TaskProvider;
import io.interlock.app.inventory.FactSelection;
import java.time.Duration;

/**
 * Creates the providers that follow the swarm of an engine over one connection.
 *
 * @param selected labels and variables to keep
 * @param tasksOnly whether only tasks are of interest
 * @param view data that earlier connections have seen
 */
public record SwarmConnector(
        String engineId, EngineHttpClient http, FactSelection selected, boolean tasksOnly, SwarmView view)
        implements TaskProvider.Factory {

    /** Longer than a swarm needs to elect a new leader. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public boolean isTasksOnly() {
        return tasksOnly;
    }

    @Override
    public TaskProvider create(EngineClient engine, TaskProvider.Listener listener) {
        SwarmApi swarm = new HttpSwarmApi(http, selected);
        SwarmEngineClient client = new SwarmEngineClient(
                engineId, engine, swarm, new SwarmTaskReader(engineId, selected), tasksOnly, view);
        return new SwarmWatcher(engineId, client, swarm, new SwarmWatcher.Settings(tasksOnly, PATIENCE), listener);
    }

    @Override
    public void forget() {
        view.clear();
    }
}
