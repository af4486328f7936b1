package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.Settings;
import io.interlock.testsupport.engine.Engine;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.EngineProxy.Fault;
import io.interlock.testsupport.engine.Names;
import io.interlock.testsupport.engine.OwnEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.LoadClient;
import io.interlock.testsupport.network.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to an engine, or to the way to it: what it ran last stays in service as far as it lives, other engines' containers
 * notice nothing, and what changed is found once it is back.
 */
@Timeout(240)
@Tag("engine")
class EngineFaultsIT {

    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(30);

    private final Engine engine = Engine.connect();
    private final String host = Names.newHost();
    private final String otherHost = Names.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    /** Something that happens to an engine of our own. */
    private interface Happening {
        void to(OwnEngine own, InterlockProcess interlock) throws IOException;
    }

    @Test
    void anEngineThatIsKilledAndStartedAgainCostsNoRequestIfItsContainersLiveOn() throws Exception {
        try (OwnEngine own = OwnEngine.start("--live-restore")) {
            LoadResult load = whileServed(own, (it, interlock) -> {
                it.kill();
                interlock.awaitLogged("own", "reach");
                it.startAgain();
                awaitAnother(it, interlock);
            });
            assertThat(load.isFlawless()).as(load.toString()).isTrue();
        }
    }

    @Test
    void anEngineThatIsStoppedAndStartedAgainCostsNoRequestIfItsContainersLiveOn() throws Exception {
        try (OwnEngine own = OwnEngine.start("--live-restore")) {
            LoadResult load = whileServed(own, (it, interlock) -> {
                it.stop();
                interlock.awaitLogged("own", "reach");
                it.startAgain();
                awaitAnother(it, interlock);
            });
            assertThat(load.isFlawless()).as(load.toString()).isTrue();
        }
    }

    @Test
    void anEngineThatTakesItsContainersWithItHarmsNoOther() throws Exception {
        try (OwnEngine own = OwnEngine.start()) {
            LoadResult unused = whileServed(own, (it, interlock) -> {
                it.stop();
                interlock.awaitNotServed(host);
                it.startAgain();
                awaitAnother(it, interlock);
            });
        }
    }

    @Test
    void anEngineThatHangsIsNoticedAndItsContainersAreServedOn() throws Exception {
        try (OwnEngine own = OwnEngine.start()) {
            LoadResult load = whileServed(own, (it, interlock) -> {
                long began = System.nanoTime();
                it.freeze();
                interlock.awaitLogged("own", "reach");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(NOTICED_WITHIN);
                it.thaw();
                awaitAnother(it, interlock);
            });
            assertThat(load.isFlawless()).as(load.toString()).isTrue();
        }
    }

    /** Requests that are under way to it then cannot be answered; all later ones are, by the container that is left. */
    @Test
    void anEngineWhoseHostIsCutOffLeavesItsRequestsToOthersUntilItIsBack() throws Exception {
        try (OwnEngine own = OwnEngine.start()) {
            String cut = own.runSampleInHostsNetwork(host);
            SampleContainer left = engine.sample().hostname(host).start();
            SampleContainer other = engine.sample().hostname(otherHost).start();
            Settings settings = Settings.inNewFolder()
                    .engine("own", own.address())
                    .engine("other", engine.address().toString());
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitServedBy(other, otherHost);
                awaitNames(interlock, cut, left.name());
                try (LoadClient loadOfOther = LoadClient.onKeptConnections(2, interlock.port(), otherHost)) {
                    own.connect(false);
                    interlock.awaitLogged("own", "reach");
                    awaitNames(interlock, left.name());
                    own.connect(true);
                    awaitNames(interlock, cut, left.name());
                    awaitAnother(own, interlock);
                    LoadResult ofOther = loadOfOther.stop();
                    assertThat(ofOther.isFlawless()).as(ofOther.toString()).isTrue();
                }
            }
        }
    }

    private void awaitNames(InterlockProcess interlock, String... names) {
        interlock.awaitThat(List.of(names) + " answer, and nobody else", () -> {
            Set<String> answered = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                answered.add(HttpConnection.getImpatiently(interlock.port(), host, "/name")
                        .body()
                        .strip());
            }
            return answered.equals(Set.of(names));
        });
    }

    /** What clients of its container see; those of another engine's container must see nothing. */
    private LoadResult whileServed(OwnEngine own, Happening happening) throws Exception {
        String name = own.runSampleInHostsNetwork(host);
        SampleContainer other = engine.sample().hostname(otherHost).start();
        Settings settings = Settings.inNewFolder()
                .engine("own", own.address())
                .engine("other", engine.address().toString());
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(name));
            interlock.awaitServedBy(other, otherHost);
            try (LoadClient load = LoadClient.onKeptConnections(2, interlock.port(), host);
                    LoadClient loadOfOther = LoadClient.onKeptConnections(2, interlock.port(), otherHost)) {
                happening.to(own, interlock);
                LoadResult ofOther = loadOfOther.stop();
                assertThat(ofOther.isFlawless()).as(ofOther.toString()).isTrue();
                return load.stop();
            }
        }
    }

    private static void awaitAnother(OwnEngine own, InterlockProcess interlock) throws IOException {
        String later = Names.newHost();
        String name = own.runSample(later);
        interlock.awaitThat(
                "what came later is served", () -> interlock.nameAt(later).equals(name));
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "ERRORS", "CUT_ANSWERS"})
    void whatIsKnownIsServedWhileTheWayToTheEngineIsBadAndTheRestAfterwards(Fault fault) throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        try (EngineProxy wire = EngineProxy.inFrontOf(engine);
                InterlockProcess interlock =
                        InterlockProcess.start(Settings.inNewFolder().engine("wire", wire.address()))) {
            interlock.awaitServedBy(container, host);
            try (LoadClient load = LoadClient.onKeptConnections(2, interlock.port(), host)) {
                long began = System.nanoTime();
                wire.suffer(fault);
                interlock.awaitLogged("wire", "reach");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(NOTICED_WITHIN);
                String later = Names.newHost();
                SampleContainer meanwhile = engine.sample().hostname(later).start();
                wire.suffer(Fault.NONE);

                interlock.awaitServedBy(meanwhile, later);
                LoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
        }
    }

    @Test
    void aSlowEngineIsWatchedAllTheSame() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        try (EngineProxy wire = EngineProxy.inFrontOf(engine)) {
            wire.suffer(Fault.SLOW);
            try (InterlockProcess interlock =
                    InterlockProcess.start(Settings.inNewFolder().engine("wire", wire.address()))) {
                interlock.awaitServedBy(container, host);
                String later = Names.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
                assertThat(interlock.log()).doesNotContain("cannot be reached");
            }
        }
    }

    @Test
    void containersOfTheSameNameOnTwoEnginesAreServedTogether() throws Exception {
        try (OwnEngine own = OwnEngine.start()) {
            String one = own.runSample(host);
            SampleContainer two = engine.sample().named(one).hostname(host).start();
            Settings settings = Settings.inNewFolder()
                    .engine("own", own.address())
                    .engine("other", engine.address().toString());
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitServedBy(two, host);
                interlock.awaitThat(
                        "both are servers, named after their engines",
                        () -> interlock.serversOf(host).stream()
                                .map(served -> served.at("/server/name").asText())
                                .collect(Collectors.toSet())
                                .equals(Set.of(one + ".own", one + ".other")));
            }
        }
    }
}
