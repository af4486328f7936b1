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

    private final SinkEnvironment surroundings;
    private final PluginConsumer.StateListener events;
    private final Map<String, SinkWorker> lanes = new TreeMap<>();

    /**
     * @param events the listener for the state of sinks
     */
    public SinkManager(SinkEnvironment surroundings, PluginConsumer.StateListener events) {
        this.surroundings = surroundings;
        this.events = events;
    }

    /** Starts to use a sink, after the earlier one of the same plugin has ended. Returns at once. */
    public synchronized void use(SinkPlugin sink) {
        Optional<SinkWorker> former = Optional.ofNullable(lanes.get(sink.pluginId()));
        SinkWorker lane = new SinkWorker(sink, former, surroundings, events, this::forget);
        lanes.put(sink.pluginId(), lane);
        lane.start();
    }

    /** Ends the sink of a plugin, if it has one. Returns at once. */
    public synchronized void end(String pluginId) {
        // The worker stays in the map until it has ended: its successor must wait for that.
        SinkWorker lane = lanes.get(pluginId);
        if (lane != null) {
            lane.end();
            if (lane.isOver()) {
                forget(lane);
            }
        }
    }

    /** Removes the worker of a plugin that was ended. A worker whose sink could not be used is still shown. */
    private synchronized void forget(SinkWorker over) {
        if (over.isEnding()) {
            boolean unused = lanes.values().remove(over);
        }
    }

    /** The status of each sink. */
    public synchronized List<SinkStatus> status() {
        return lanes.values().stream()
                .filter(lane -> !lane.isEnding())
                .map(SinkWorker::status)
                .toList();
    }

    /** Ends all sinks, and waits for them. */
    public void close() throws InterruptedException {
        List<SinkWorker> all;
        synchronized (this) {
            all = List.copyOf(lanes.values());
        }
        all.forEach(SinkWorker::end);
        for (SinkWorker lane : all) {
            if (!lane.close()) {
                log.error(
                        "{}: did not end in time; something of it may be left running",
                        lane.status().pluginId());
            }
        }
    }
}
