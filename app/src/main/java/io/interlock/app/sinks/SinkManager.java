package io.interlock.app.sinks;

import io.interlock.api.status.SinkStatus;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.SinkPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manages all sinks, with a worker for each. Safe for all threads. */
public final class SinkManager {

    private static final Logger log = LoggerFactory.getLogger("stats");

    private final SinkEnvironment environment;
    private final PluginConsumer.StateListener events;
    private final Map<String, SinkWorker> workers = new TreeMap<>();

    /**
     * @param events the listener for the state of sinks
     */
    public SinkManager(SinkEnvironment environment, PluginConsumer.StateListener events) {
        this.environment = environment;
        this.events = events;
    }

    /** Starts to use a sink, after the earlier one of the same plugin has ended. Returns at once. */
    public synchronized void use(SinkPlugin sink) {
        Optional<SinkWorker> former = Optional.ofNullable(workers.get(sink.pluginId()));
        SinkWorker worker = new SinkWorker(sink, former, environment, events, this::forget);
        workers.put(sink.pluginId(), worker);
        worker.start();
    }

    /** Ends the sink of a plugin, if it has one. Returns at once. */
    public synchronized void end(String pluginId) {
        // The worker stays in the map until it has ended: its successor must wait for that.
        SinkWorker worker = workers.get(pluginId);
        if (worker != null) {
            worker.end();
            if (worker.isOver()) {
                forget(worker);
            }
        }
    }

    /** Removes the worker of a plugin that was ended. A worker whose sink could not be used is still shown. */
    private synchronized void forget(SinkWorker over) {
        if (over.isEnding()) {
            boolean unused = workers.values().remove(over);
        }
    }

    /** The status of each sink. */
    public synchronized List<SinkStatus> status() {
        return workers.values().stream()
                .filter(worker -> !worker.isEnding())
                .map(SinkWorker::status)
                .toList();
    }

    /** Ends all sinks, and waits for them. */
    public void close() throws InterruptedException {
        List<SinkWorker> all;
        synchronized (this) {
            all = List.copyOf(workers.values());
        }
        all.forEach(SinkWorker::end);
        for (SinkWorker worker : all) {
            if (!worker.close()) {
                log.error(
                        "{}: did not end in time; something of it may be left running",
                        worker.status().pluginId());
            }
        }
    }
}
