package io.interlock.api.sink;

import io.interlock.api.Experimental;
import io.interlock.api.plugin.PluginContext;
import io.interlock.api.status.Explanation;
import java.io.IOException;

/** The host's side of one sink. All methods may be called from any thread, until the sink is closed. */
@Experimental
public interface StatsSinkContext extends PluginContext {

    /**
     * All statistics as of now. Takes as long as the proxies take to answer; several callers at the same time share an answer, as
     * do those that follow each other within a moment.
     */
    StatsSnapshot snapshot() throws InterruptedException;

    /**
     * Why something is served, or why not.
     *
     * @param question a host name, a URL, or a container's name or id; at most 2,000 characters count
     */
    Explanation explain(String question) throws InterruptedException;

    /**
     * What a container uses, asked of its engine now: one request.
     *
     * @param engineId the engine's id in the configuration
     * @param containerId the engine's id of the container
     * @throws IOException if the engine cannot be asked, or has no such container; the message says why
     */
    ContainerResources resources(String engineId, String containerId) throws IOException, InterruptedException;
}
