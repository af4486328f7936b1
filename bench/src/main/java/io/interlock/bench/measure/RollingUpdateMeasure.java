package io.interlock.bench.measure;

import io.interlock.bench.result.BenchmarkFigure;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.testsupport.distribution.ReplacementMode;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.RollingContainerPool;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Measures rolling updates under load on the real engine: one of a pool of four containers is replaced every half
 * second, in four modes. Half of the requests are POSTs; executed requests are counted at the containers. Meanwhile 100
 * upgraded connections, as in {@link IdleWebSocketConnections}, are idle at a container with another name.
 */
public final class RollingUpdateMeasure implements BenchmarkMeasure {

    private static final int POOL = 4;
    private static final int PORT = 8080;
    private static final int CONNECTIONS = 20;
    private static final int PER_SECOND = 25;
    private static final int WEB_SOCKETS = 100;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Override
    public String name() {
        return "rolls";
    }

    @Override
    public String purpose() {
        return "rolling updates under load, with POSTs and 100 idle WebSockets";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        HttpLoadClient.Plan load = new HttpLoadClient.Plan(CONNECTIONS, PER_SECOND, plan.duration(), true);
        figures.note(
                name(),
                "A pool of %d, one replaced every %d ms for %d s; %d connections × %d requests/s, %,d in each run."
                        .formatted(
                                POOL,
                                INTERVAL.toMillis(),
                                plan.duration().toSeconds(),
                                CONNECTIONS,
                                PER_SECOND,
                                load.requests()));
        plan.takeTurns(POOL, kind -> {
            for (ReplacementMode mode : ReplacementMode.values()) {
                try (LocalEngine engine = LocalEngine.connect();
                        BenchmarkSubject subject = kind.start(engine.address().toString())) {
                    roll(engine, subject, mode, load, figures);
                }
            }
        });
    }

    private void roll(
            LocalEngine engine,
            BenchmarkSubject subject,
            ReplacementMode mode,
            HttpLoadClient.Plan load,
            FigureRecorder figures)
            throws IOException, InterruptedException {
        String host = UniqueHostNames.newHost();
        RollingContainerPool pool = new RollingContainerPool(POOL, () -> mode.start(engine, host), mode::end);
        for (SampleContainer container : pool.serving()) {
            FirstAnswerPoller.await(FirstAnswerPoller.local(subject.port()), host, container.name());
        }
        SampleContainer still =
                engine.backend().hostname(UniqueHostNames.newHost()).start();
        String quiet = UniqueHostNames.newHost();
        engine.backend().hostname(quiet).start();
        FirstAnswerPoller.await(subject.port(), quiet);
        HttpLoadClient.Plan small = new HttpLoadClient.Plan(2, PER_SECOND, load.duration(), true);
        OptionalInt reloads = subject.reloads();
        try (IdleWebSocketConnections sockets = IdleWebSocketConnections.open(WEB_SOCKETS, subject.port(), quiet);
                HttpLoadClient client = HttpLoadClient.atRate(load, subject.port(), host);
                HttpLoadClient direct =
                        HttpLoadClient.atRate(small, new InetSocketAddress(still.address(), PORT), host)) {
            pool.roll(load.duration(), INTERVAL);
            HttpLoadResult seen = client.await();
            FigureRecorder.Situation situation =
                    figures.in(name(), mode.name().toLowerCase(Locale.ROOT), BenchmarkFigure.NO_SIZE);
            String name = subject.name();
            add(situation, name, seen, pool.executions());
            situation.add("p99", "ms", "direct", direct.await().millis(0.99));
            situation.add("idle WebSockets that survived", "", name, sockets.alive());
            if (reloads.isPresent()) {
                situation.add("reloads", "", name, subject.reloads().getAsInt() - reloads.getAsInt());
            }
        }
    }

    private static void add(
            FigureRecorder.Situation situation, String subject, HttpLoadResult seen, Map<String, Integer> executions) {
        situation.add("requests answered with 200", "%", subject, 100.0 * seen.withStatus(200) / seen.sent());
        situation.add("failed GET", "", subject, failed(seen, "g"));
        situation.add("failed POST", "", subject, failed(seen, "p"));
        situation.add("POST executed twice", "", subject, twice(executions, "p"));
        situation.add("GET executed twice", "", subject, twice(executions, "g"));
        situation.add("p50", "ms", subject, seen.millis(0.5));
        situation.add("p99", "ms", subject, seen.millis(0.99));
    }

    private static double failed(HttpLoadResult seen, String letter) {
        return seen.requestFailures().stream()
                .filter(blemish -> blemish.path().startsWith("/id/" + letter))
                .count();
    }

    private static double twice(Map<String, Integer> executions, String letter) {
        return executions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(letter) && entry.getValue() > 1)
                .count();
    }
}
