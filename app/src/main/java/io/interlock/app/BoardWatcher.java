package io.interlock.app;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.reconcile.ApplyLog;
import io.interlock.app.serving.Watcher;
import io.interlock.app.status.StatusBoard;
import java.time.Duration;

/** Tells log, status board and whoever orders certificates what becomes of load balancers. */
record BoardWatcher(ApplyLog log, StatusBoard board, Https https) implements Watcher {

    @Override
    public void opening(String pluginId, int port) {
        board.opening(pluginId, port);
    }

    @Override
    public void ended(String pluginId) {
        board.ended(pluginId);
        https.ended(pluginId);
    }

    @Override
    public void applied(String lane, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        log.applied(lane, snapshot, result, took);
        board.applied(lane, snapshot, result, took);
        https.applied(lane, snapshot, result);
    }
}
