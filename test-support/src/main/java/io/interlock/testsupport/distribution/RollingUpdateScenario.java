package io.interlock.testsupport.distribution;

import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.RollingContainerPool;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Rolling update under load: a pool of four containers for one name, of which one is replaced every half second. */
public final class RollingUpdateScenario {

    private static final int POOL = 4;
    private static final int PORT = 8080;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final LocalEngine engine;
    private final InterlockProcess interlock;
    private final ReplacementMode mode;
    private final IntSupplier reloads;
    private final String host = UniqueHostNames.newHost();

    public RollingUpdateScenario(LocalEngine engine, InterlockProcess interlock, ReplacementMode mode) {
        this(engine, interlock, mode, interlock::proxyReloads);
    }

    /** @param reloads supplier of the number of the proxy's reloads so far */
    public RollingUpdateScenario(
            LocalEngine engine, InterlockProcess interlock, ReplacementMode mode, IntSupplier reloads) {
        this.engine = engine;
        this.interlock = interlock;
        this.mode = mode;
        this.reloads = reloads;
    }

    /**
     * Result of a rolling update.
     *
     * @param steps number of replaced containers
     * @param load results of the client
     * @param direct results of a small load at a container that stayed, without a proxy: the capability of this machine
     * @param executions how often each request was executed, by id
     * @param reloads number of HAProxy's reloads meanwhile
     */
    public record Outcome(
            int steps, HttpLoadResult load, HttpLoadResult direct, Map<String, Integer> executions, int reloads) {

        /** Returns the ids of the requests that were executed more than once. */
        public List<String> repeatedExecutions() {
            return executions.keySet().stream()
                    .filter(id -> executions.get(id) > 1)
                    .toList();
        }

        /** Returns how many requests of this method, by its letter, were executed more than once. */
        public long repeatedExecutions(String letter) {
            return repeatedExecutions().stream()
                    .filter(id -> id.startsWith(letter))
                    .count();
        }

        /** Whether any container began to execute a request of this path. */
        public boolean isExecuted(String path) {
            return executions.containsKey(path.substring("/id/".length()));
        }

        /** Returns how many requests of this method, by its letter, were not answered with 200. */
        public long failed(String letter) {
            return load.requestFailures().stream()
                    .filter(blemish -> blemish.path().startsWith("/id/" + letter))
                    .count();
        }
    }

    /** Replaces containers during the load. */
    public Outcome run(HttpLoadClient.Plan plan) throws IOException, InterruptedException {
        RollingContainerPool pool = new RollingContainerPool(POOL, () -> mode.start(engine, host), mode::end);
        for (SampleContainer container : pool.serving()) {
            interlock.awaitServedBy(container, host);
        }
        InetSocketAddress still = new InetSocketAddress(engine.backend().start().address(), PORT);
        int reloadsBefore = reloads.getAsInt();
        try (HttpLoadClient client = HttpLoadClient.atRate(plan, interlock.port(), host);
                HttpLoadClient direct = HttpLoadClient.atRate(small(plan), still, host)) {
            int steps = pool.roll(plan.duration(), INTERVAL);
            HttpLoadResult load = client.await();
            int count = reloads.getAsInt() - reloadsBefore;
            return new Outcome(steps, load, direct.await(), pool.executions(), count);
        }
    }

    private static HttpLoadClient.Plan small(HttpLoadClient.Plan plan) {
        return new HttpLoadClient.Plan(2, plan.perSecond(), plan.duration(), plan.posts());
    }
}
