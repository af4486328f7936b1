package io.interlock.testsupport.distribution;

import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;

/** How containers end and start during a rolling update. */
public enum ReplacementMode {
    /** They exit at SIGTERM, regardless of requests in flight. */
    ABRUPT("exit", 0, false),
    /** After SIGTERM they serve for three more seconds, then finish the requests in flight. */
    DRAIN("drain:3000", 0, false),
    /** Like {@link #DRAIN}, but they begin to listen 300 ms after their start. */
    BOOT("drain:3000", 300, false),
    /** They end by SIGKILL. */
    KILL("exit", 0, true);

    private final String onTerm;
    private final int listenDelayMillis;
    private final boolean killed;

    ReplacementMode(String onTerm, int listenDelayMillis, boolean killed) {
        this.onTerm = onTerm;
        this.listenDelayMillis = listenDelayMillis;
        this.killed = killed;
    }

    /** Starts a container of the backend image that ends and listens in this mode. */
    public SampleContainer start(LocalEngine engine, String host) {
        return engine.backend()
                .hostname(host)
                .environment("ON_TERM", onTerm)
                .environment("LISTEN_DELAY", Integer.toString(listenDelayMillis))
                .start();
    }

    /** Ends a container in this mode. */
    public void end(SampleContainer container) {
        if (killed) {
            container.kill();
        } else {
            container.stop();
        }
    }
}
