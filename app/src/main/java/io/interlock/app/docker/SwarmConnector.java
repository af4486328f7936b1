package io.interlock.app.docker;

import java.time.Duration;
import java.util.Set;

/**
 * Follows the swarm that an engine manages, over one connection.
 *
 * @param moreLabels labels to be kept besides those that are ours
 * @param tasksOnly whether only tasks are of interest
 * @param view what was seen over earlier connections
 */
record SwarmConnector(String engineId, EngineHttp http, Set<String> moreLabels, boolean tasksOnly, SwarmView view)
        implements TaskProvider.Factory {

    /** A swarm that has lost its leader has another one sooner. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    SwarmConnector {
        moreLabels = Set.copyOf(moreLabels);
    }

    @Override
    public boolean isTasksOnly() {
        return tasksOnly;
    }

    @Override
    public TaskProvider create(EngineClient engine, TaskProvider.Listener listener) {
        Swarm swarm = new HttpSwarm(http, moreLabels);
        SwarmClient client =
                new SwarmClient(engineId, engine, swarm, new TaskReader(engineId, moreLabels), tasksOnly, view);
        return new SwarmWatch(engineId, client, swarm, new SwarmWatch.Settings(tasksOnly, PATIENCE), listener);
    }

    @Override
    public void forget() {
        view.clear();
    }
}
