package io.interlock.app;

import io.interlock.api.loadbalancer.Preview;
import io.interlock.app.admin.Desk;
import io.interlock.app.logging.LogLevels;
import io.interlock.app.status.EventLog;
import io.interlock.app.status.Proxies;
import io.interlock.app.status.StatusBoard;
import io.interlock.app.status.View;
import java.io.IOException;
import java.util.Map;

/** Answers for an Interlock, running or one that only looks once. */
record RunningDesk(StatusBoard board, Proxies proxies) implements Desk {

    @Override
    public View view() throws InterruptedException {
        return board.view(proxies.stats());
    }

    @Override
    public EventLog events() {
        return board.events();
    }

    @Override
    public Map<String, Preview> previews() throws IOException, InterruptedException {
        return proxies.previews(board.status().topology());
    }

    @Override
    public void logLevel(String level) {
        LogLevels.set(level);
    }
}
