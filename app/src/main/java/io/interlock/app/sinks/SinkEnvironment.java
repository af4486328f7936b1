package io.interlock.app.sinks;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.app.plugin.PluginDataFolders;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.status.InterlockEventLog;
import java.io.IOException;

/**
 * Environment that all sinks share.
 *
 * @param sources the source of their data
 * @param folders the folders for their files
 * @param events the events that wake them
 * @param limits their time limits
 */
public record SinkEnvironment(
        DataSource sources, PluginDataFolders folders, InterlockEventLog events, PluginTimeLimits limits) {

    /** Source of the data that sinks may request; see {@link io.interlock.api.sink.StatsSinkContext}. */
    public interface DataSource {
        StatsSnapshot snapshot() throws InterruptedException;

        Explanation explain(String question) throws InterruptedException;

        ContainerResources resources(String engineId, String containerId) throws IOException, InterruptedException;
    }
}
