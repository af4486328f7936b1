package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.EngineProxy.Fault;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a controller that is killed and started again takes nothing from clients, whatever its engines do. */
@Tag("engine")
class ControllerKillIT {

    private static final int KILLS = 1;
    private static final int MANY_KILLS = 50;
    private static final int KILLS_BESIDE_A_STOPPED_ENGINE = 10;
    private static final int MOST_REQUESTS = 1_000;
    private static final Duration SHORTEST_STOP = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final LocalEngine engine = LocalEngine.connect();
    private final EngineProxy wire = EngineProxy.inFrontOf(engine);
    private final String host = UniqueHostNames.newHost();

    /** What the engine does while the controller starts again. */
    enum Start {
        QUICK,
        SLOW,
        /** Connections are accepted and nothing is answered, as with a stopped process. */
        STALLED,
        ERRORS,
        AWAY;

        void begin(EngineProxy wire) {
            switch (this) {
                case QUICK -> {}
                case SLOW -> wire.injectFault(Fault.SLOW);
                case STALLED -> wire.injectFault(Fault.SILENT);
                case ERRORS -> wire.injectFault(Fault.ERRORS);
                case AWAY -> wire.cut();
            }
        }

        void end(EngineProxy wire) {
            wire.injectFault(Fault.NONE);
            if (this == AWAY) {
                wire.mend();
            }
        }
    }

    @AfterEach
    void removeEverything() {
        wire.close();
        engine.close();
    }

    @ParameterizedTest
    @EnumSource
    void noRequestFailsWhenTheControllerIsKilled(Start start) throws Exception {
        assertNothingFails(settings(), start, KILLS);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void noRequestFailsWhenTheControllerIsKilledFiftyTimes(Start start) throws Exception {
        assertNothingFails(settings(), start, MANY_KILLS);
    }

    /** SIGSTOP of a real engine, for up to a minute each time; in its host's network, containers do not depend on it. */
    @Tag("slow")
    @Test
    void noRequestFailsWhenTheControllerStartsBesideARealEngineThatIsStopped() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        try (NamespaceEngine own = NamespaceEngine.start()) {
            String container = own.runSampleInHostsNetwork(host);
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder().engine("own", own.address());
            try (InterlockProcess first = start(settings)) {
                awaitServedBy(first, host, container);
                InterlockProcess current = first;
                try (HttpLoadClient kept = HttpLoadClient.onKeptConnections(1, first.port(), host);
                        HttpLoadClient fresh = HttpLoadClient.onFreshConnections(1, first.port(), host)) {
                    for (int i = 0; i < KILLS_BESIDE_A_STOPPED_ENGINE; i++) {
                        own.freeze();
                        kill(current);
                        current = start(settings);
                        long thaw =
                                System.nanoTime() + random.nextLong(SHORTEST_STOP.toNanos(), LONGEST_STOP.toNanos());
                        awaitAnApply(current);
                        while (System.nanoTime() < thaw) {
                            fresh.awaitMore(50);
                        }
                        own.thaw();
                        String later = UniqueHostNames.newHost();
                        awaitServedBy(current, later, own.runSampleInHostsNetwork(later));
                        assertFlawless(kept.soFar(), seed, current);
                        assertFlawless(fresh.soFar(), seed, current);
                    }
                    assertFlawless(kept.stop(), seed, current);
                    assertFlawless(fresh.stop(), seed, current);
                }
            }
        }
    }

    private static void awaitServedBy(InterlockProcess interlock, String name, String container) {
        interlock.awaitThat(
                name + " is served",
                () -> interlock.get(name, "/name").body().strip().equals(container));
    }

    @ParameterizedTest
    @EnumSource(names = {"STALLED", "AWAY"})
    void noRequestFailsWithAnExternalProxy(Start start) throws Exception {
        ConfigFileBuilder settings = settings();
        Path shared = settings.folder().resolve("shared");
        settings.with(file -> file.putObject("plugins")
                .putObject("haproxy")
                .put("mode", "external")
                .put("shared_dir", shared.toString()));
        assertNothingFails(settings, start, KILLS);
    }

    /** One engine of three is away, others change: what the proxy serves for the one that is away stays. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEngineThatIsAwayKeepsItsServersWhileOthersChange(boolean stalled) throws Exception {
        ConfigFileBuilder settings = settings()
                .engine("one", engine.address().toString())
                .engine("two", engine.address().toString());
        SampleContainer container = engine.sample().hostname(host).start();
        String otherHost = UniqueHostNames.newHost();
        try (InterlockProcess first = start(settings)) {
            first.awaitServedBy(container, host);
            awaitThreeServers(first, container);
            try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, first.port(), host)) {
                (stalled ? Start.STALLED : Start.AWAY).begin(wire);
                kill(first);
                SampleContainer meanwhile = engine.sample().hostname(otherHost).start();
                InterlockProcess second = start(settings);

                second.awaitServedBy(meanwhile, otherHost);
                assertThat(servers(second, container)).as(second::log).isEqualTo(3);
                assertThat(problems(second)).contains("as Interlock knew them before its start");
                load.awaitMore(20);
                HttpLoadResult result = load.stop();
                assertThat(result.requestFailures()).as(result.toString()).isEmpty();

                (stalled ? Start.STALLED : Start.AWAY).end(wire);
                meanwhile.stop();
                container.stop();
                second.awaitNotServed(host);
                second.awaitNotServed(otherHost);
            }
        }
    }

    @Test
    void theOperatorLimitsHowLongAnUnknownEngineIsServed() throws Exception {
        ConfigFileBuilder settings = settings().with(file -> file.put("unknown_engine_limit", 3));
        SampleContainer container = engine.sample().hostname(host).start();
        try (InterlockProcess first = start(settings)) {
            first.awaitServedBy(container, host);
            wire.cut();
            kill(first);
            InterlockProcess second = start(settings);
            second.awaitLogged("keeps what it serves");
            second.awaitServedBy(container, host);
            second.awaitLogged("unknown_engine_limit");
            second.awaitNotServed(host);
        }
    }

    @Test
    void aStartWithoutAProxyServesOnlyWhatAnEngineAnswers() throws Exception {
        ConfigFileBuilder settings = settings();
        SampleContainer container = engine.sample().hostname(host).start();
        try (InterlockProcess first = start(settings)) {
            first.awaitServedBy(container, host);
            wire.cut();
            assertThat(first.stop()).as(first.log()).isZero();
            InterlockProcess second = start(settings).awaitReady();
            assertThat(second.get(host, "/name").status()).isEqualTo(503);
            wire.mend();
            second.awaitServedBy(container, host);
        }
    }

    private void assertNothingFails(ConfigFileBuilder settings, Start start, int kills) throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        SampleContainer container = engine.sample().hostname(host).start();
        try (InterlockProcess first = start(settings)) {
            startExternalProxy(settings, first);
            first.awaitServedBy(container, host);
            InterlockProcess current = first;
            try (HttpLoadClient kept = HttpLoadClient.onKeptConnections(1, first.port(), host);
                    HttpLoadClient fresh = HttpLoadClient.onFreshConnections(1, first.port(), host)) {
                for (int i = 0; i < kills; i++) {
                    start.begin(wire);
                    kill(current);
                    current = start(settings);
                    awaitAnApply(current);
                    fresh.awaitMore(random.nextInt(1, MOST_REQUESTS));
                    if (i % 10 == 9 && start == Start.STALLED) {
                        current.awaitLogged("cannot be reached");
                    }
                    start.end(wire);
                    String later = UniqueHostNames.newHost();
                    SampleContainer another = engine.sample().hostname(later).start();
                    current.awaitServedBy(another, later);
                    another.stop();
                    assertFlawless(kept.soFar(), seed, current);
                    assertFlawless(fresh.soFar(), seed, current);
                }
                assertFlawless(kept.stop(), seed, current);
                assertFlawless(fresh.stop(), seed, current);
            }
        }
    }

    private static void assertFlawless(HttpLoadResult result, long seed, InterlockProcess current) {
        assertThat(result.requestFailures())
                .as(() -> result + "; seed " + seed + "; log:\n" + current.log())
                .isEmpty();
    }

    private static void awaitAnApply(InterlockProcess interlock) {
        InterlockCommandRunner commands = new InterlockCommandRunner(interlock.settings());
        interlock.awaitThat("something was applied", () -> {
            try {
                return commands.run("status", "--json")
                        .json()
                        .at("/load_balancers/0/served_revision")
                        .isNumber();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    private static InterlockProcess start(ConfigFileBuilder settings) throws IOException {
        return InterlockProcess.start(settings);
    }

    private static void kill(InterlockProcess controller) throws Exception {
        SystemProcesses.run("kill", "-KILL", Long.toString(controller.pid()));
        int unused = controller.awaitExit();
    }

    /** Closing the controller ends this HAProxy too, because its arguments name the folder. */
    private static void startExternalProxy(ConfigFileBuilder settings, InterlockProcess controller) throws IOException {
        if (Files.readString(settings.write()).contains("external")) {
            String line = controller.awaitLogged("no HAProxy answers", "haproxy -W -S ");
            String command = line.substring(line.indexOf("haproxy -W ")).replaceAll("\\.cfg.*", ".cfg");
            Process unused = new ProcessBuilder(List.of(command.split(" ")))
                    .redirectErrorStream(true)
                    .redirectOutput(settings.folder().resolve("haproxy.out").toFile())
                    .start();
        }
    }

    private ConfigFileBuilder settings() throws IOException {
        return ConfigFileBuilder.inNewFolder().engine("wire", wire.address());
    }

    private void awaitThreeServers(InterlockProcess interlock, SampleContainer container) {
        interlock.awaitThat("each engine has a server", () -> servers(interlock, container) == 3);
    }

    /** The number of the container's servers, of which there is one for each engine. */
    private long servers(InterlockProcess interlock, SampleContainer container) throws IOException {
        return interlock.serversOf(host).stream()
                .filter(served -> served.at("/server/name").asText().startsWith(container.name()))
                .count();
    }

    private static String problems(InterlockProcess interlock) throws Exception {
        return new InterlockCommandRunner(interlock.settings())
                .run("status", "--json")
                .json()
                .path("problems")
                .toString();
    }
}
