package io.interlock.api.sink;

import io.interlock.api.Experimental;
import io.interlock.api.plugin.PluginContext;
import io.interlock.api.status.Explanation;
import java.io.IOException;

/** Services of the host for one sink. All methods may be called from any thread, until the sink is closed. */
@Experimental
public interface StatsSinkContext extends PluginContext {

    /**
     * Returns all current statistics. Takes as long as the proxies take to answer. Simultaneous callers share an
     * answer, as do callers that follow each other within a moment.
     */
    StatsSnapshot snapshot() throws InterruptedException;

    /**
     * Explains why something is served, or why not.
     *
     * @param question a host name, a URL, or a container's name or id; at most the first 2,000 characters count
     */
    Explanation explain(String question) throws InterruptedException;

    /**
     * Asks the engine for the current resource usage of a container, with one request.
     *
     * @param engineId the engine's id in the configuration
     * @param containerId the engine's id of the container
     * @throws IOException if the engine cannot be asked, or has no such container; the message says why
     */
    ContainerResources resources(String engineId, String containerId) throws IOException, InterruptedException;
}
