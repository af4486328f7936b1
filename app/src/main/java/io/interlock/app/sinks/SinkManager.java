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

/** All sinks: a lane for each. Any thread. */
public final class SinkManager {

    private static final Logger log = LoggerFactory.getLogger("stats");

    private final SinkEnvironment surroundings;
    private final PluginConsumer.StateListener events;
    private final Map<String, SinkWorker> lanes = new TreeMap<>();

    /**
     * @param events is told what becomes of sinks
     */
    public SinkManager(SinkEnvironment surroundings, PluginConsumer.StateListener events) {
        this.surroundings = surroundings;
        this.events = events;
    }

    /** Begins to use a sink, after one of the same plugin has ended. Returns at once. */
    public synchronized void use(SinkPlugin sink) {
        Optional<SinkWorker> former = Optional.ofNullable(lanes.get(sink.pluginId()));
        SinkWorker lane = new SinkWorker(sink, former, surroundings, events, this::forget);
        lanes.put(sink.pluginId(), lane);
        lane.start();
    }

    /** Ends the sink of a plugin, if it has one. Returns at once. */
    public synchronized void end(String pluginId) {
        // It stays here until it has ended: a successor has to wait for that.
        SinkWorker lane = lanes.get(pluginId);
        if (lane != null) {
            lane.end();
            if (lane.isOver()) {
                forget(lane);
            }
        }
    }

    /** Keeps nothing of a plugin that is gone. One that could not be used is still shown. */
    private synchronized void forget(SinkWorker over) {
        if (over.isEnding()) {
            boolean unused = lanes.values().remove(over);
        }
    }

    /** How each keeps up. */
    public synchronized List<SinkStatus> status() {
        return lanes.values().stream()
                .filter(lane -> !lane.isEnding())
                .map(SinkWorker::status)
                .toList();
    }

    /** Ends all of them, and waits for them. */
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
