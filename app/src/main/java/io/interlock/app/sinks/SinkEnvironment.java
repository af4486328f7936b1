package io.interlock.app.sinks;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.status.InterlockEventLog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Environment that all sinks share.
 *
 * @param sources the source of their data
 * @param folders the folders for their files
 * @param events the events that wake them
 * @param limits their time limits
 */
public record SinkEnvironment(
        DataSource sources, DataFolders folders, InterlockEventLog events, PluginTimeLimits limits) {

    /** The folders for the files of plugins. */
    @FunctionalInterface
    public interface DataFolders {
        /** The folder of one plugin, created if it did not exist. */
        Path ofPlugin(String pluginId) throws IOException;
    }

    /** Source of the data that sinks may request; see {@link io.interlock.api.sink.StatsSinkContext}. */
    public interface DataSource {
        StatsSnapshot snapshot() throws InterruptedException;

        Explanation explain(String question) throws InterruptedException;

        ContainerResources resources(String engineId, String containerId) throws IOException, InterruptedException;
    }
}
