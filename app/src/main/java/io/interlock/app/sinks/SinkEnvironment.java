package io.interlock.app.sinks;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.status.InterlockEventLog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What all sinks have in common.
 *
 * @param sources where they get what they want to know
 * @param folders where they keep files
 * @param events what wakes them
 * @param limits how long they may take
 */
public record SinkEnvironment(
        DataSource sources, DataFolders folders, InterlockEventLog events, PluginTimeLimits limits) {

    /** Where plugins keep files. */
    @FunctionalInterface
    public interface DataFolders {
        /** The folder of one plugin, made if it was not there. */
        Path ofPlugin(String pluginId) throws IOException;
    }

    /** What sinks may ask for; see {@link io.interlock.api.sink.StatsSinkContext}. */
    public interface DataSource {
        StatsSnapshot snapshot() throws InterruptedException;

        Explanation explain(String question) throws InterruptedException;

        ContainerResources resources(String engineId, String containerId) throws IOException, InterruptedException;
    }
}
