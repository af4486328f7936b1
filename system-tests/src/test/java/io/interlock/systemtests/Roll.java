package io.interlock.systemtests;

import io.interlock.systemtests.support.Engine;
import io.interlock.systemtests.support.InterlockProcess;
import io.interlock.systemtests.support.LoadClient;
import io.interlock.systemtests.support.LoadResult;
import io.interlock.systemtests.support.Names;
import io.interlock.systemtests.support.RollingPool;
import io.interlock.systemtests.support.SampleContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One rolling update under load: a pool of four behind one name, of which every half second one is replaced. */
final class Roll {

    private static final int POOL = 4;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Engine engine;
    private final InterlockProcess interlock;
    private final Manner manner;
    private final String host = Names.newHost();

    Roll(Engine engine, InterlockProcess interlock, Manner manner) {
        this.engine = engine;
        this.interlock = interlock;
        this.manner = manner;
    }

    /** How the containers come and go. */
    enum Manner {
        /** They exit at SIGTERM, whatever is in flight. */
        ABRUPT("exit", 0, false),
        /** At SIGTERM they serve three seconds longer, then finish what is in flight. */
        DRAIN("drain:3000", 0, false),
        /** Like {@link #DRAIN}, and they listen only 300 ms after their start. */
        BOOT("drain:3000", 300, false),
        /** SIGKILL. */
        KILL("exit", 0, true);

        private final String onTerm;
        private final int listenDelayMillis;
        private final boolean killed;

        Manner(String onTerm, int listenDelayMillis, boolean killed) {
            this.onTerm = onTerm;
            this.listenDelayMillis = listenDelayMillis;
            this.killed = killed;
        }
    }

    /**
     * What came of it.
     *
     * @param steps how many containers were replaced
     * @param load what the client saw
     * @param twice how often the requests were executed that were executed more than once, by their ids
     * @param reloads how often HAProxy was reloaded meanwhile
     */
    record Outcome(int steps, LoadResult load, Map<String, Integer> twice, int reloads) {

        /** How many requests that begin with this letter, which stands for their method, were executed more than once. */
        long twice(String letter) {
            return twice.keySet().stream().filter(id -> id.startsWith(letter)).count();
        }

        /** How many requests of this method, by its letter, were not answered with 200. */
        long failed(String letter) {
            return load.blemishes().stream()
                    .filter(blemish -> blemish.path().startsWith("/id/" + letter))
                    .count();
        }
    }

    /** Rolls while the load lasts. */
    Outcome under(LoadClient.Plan plan) throws IOException, InterruptedException {
        RollingPool pool = new RollingPool(POOL, this::startOne, this::endOne);
        for (SampleContainer container : pool.serving()) {
            interlock.awaitServedBy(container, host);
        }
        int reloadsBefore = interlock.proxyReloads();
        try (LoadClient client = LoadClient.atRate(plan, interlock.port(), host)) {
            int steps = pool.roll(plan.duration(), INTERVAL);
            LoadResult load = client.await();
            int reloads = interlock.proxyReloads() - reloadsBefore;
            return new Outcome(steps, load, moreThanOnce(pool.executions()), reloads);
        }
    }

    private SampleContainer startOne() {
        return engine.backend()
                .hostname(host)
                .environment("ON_TERM", manner.onTerm)
                .environment("LISTEN_DELAY", Integer.toString(manner.listenDelayMillis))
                .start();
    }

    private void endOne(SampleContainer container) {
        if (manner.killed) {
            container.kill();
        } else {
            container.stop();
        }
    }

    private static Map<String, Integer> moreThanOnce(Map<String, Integer> executions) {
        return executions.entrySet().stream()
                .filter(execution -> execution.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, TreeMap::new));
    }
}
