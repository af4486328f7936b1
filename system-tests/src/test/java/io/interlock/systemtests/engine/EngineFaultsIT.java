package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.EngineProxy.Fault;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
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
 * Tests faults of an engine and of the connection to it: its last known containers stay in service as long as they run,
 * containers of other engines are not affected, and changes are detected after the return.
 */
@Timeout(240)
@Tag("engine")
class EngineFaultsIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private final String otherHost = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    /** Action that affects an engine of this test's own. */
    private interface FaultAction {
        void to(NamespaceEngine own, InterlockProcess interlock) throws IOException;
    }

    @Test
    void anEngineThatIsKilledAndStartedAgainCostsNoRequestIfItsContainersLiveOn() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.start("--live-restore")) {
            HttpLoadResult load = whileServed(own, (it, interlock) -> {
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
        try (NamespaceEngine own = NamespaceEngine.start("--live-restore")) {
            HttpLoadResult load = whileServed(own, (it, interlock) -> {
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
        try (NamespaceEngine own = NamespaceEngine.start()) {
            HttpLoadResult unused = whileServed(own, (it, interlock) -> {
                it.stop();
                interlock.awaitNotServed(host);
                it.startAgain();
                awaitAnother(it, interlock);
            });
        }
    }

    @Test
    void anEngineThatHangsIsNoticedAndItsContainersAreServedOn() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.start()) {
            HttpLoadResult load = whileServed(own, (it, interlock) -> {
                it.freeze();
                interlock.awaitLogged("own", "reach");
                it.thaw();
                awaitAnother(it, interlock);
            });
            assertThat(load.isFlawless()).as(load.toString()).isTrue();
        }
    }

    /**
     * Requests in progress to the engine cannot be answered then; all later ones are answered by the remaining
     * container.
     */
    @Test
    void anEngineWhoseHostIsCutOffLeavesItsRequestsToOthersUntilItIsBack() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.start()) {
            String cut = own.runSampleInHostsNetwork(host);
            SampleContainer left = engine.sample().hostname(host).start();
            SampleContainer other = engine.sample().hostname(otherHost).start();
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                    .engine("own", own.address())
                    .engine("other", engine.address().toString());
            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitServedBy(other, otherHost);
                awaitNames(interlock, cut, left.name());
                try (HttpLoadClient loadOfOther = HttpLoadClient.onKeptConnections(2, interlock.port(), otherHost)) {
                    own.connect(false);
                    interlock.awaitLogged("own", "reach");
                    awaitNames(interlock, left.name());
                    own.connect(true);
                    awaitNames(interlock, cut, left.name());
                    awaitAnother(own, interlock);
                    HttpLoadResult ofOther = loadOfOther.stop();
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

    /** Results of a load on its container; a load on another engine's container must show no failure. */
    private HttpLoadResult whileServed(NamespaceEngine own, FaultAction happening) throws Exception {
        String name = own.runSampleInHostsNetwork(host);
        SampleContainer other = engine.sample().hostname(otherHost).start();
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                .engine("own", own.address())
                .engine("other", engine.address().toString());
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(name));
            interlock.awaitServedBy(other, otherHost);
            try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host);
                    HttpLoadClient loadOfOther = HttpLoadClient.onKeptConnections(2, interlock.port(), otherHost)) {
                happening.to(own, interlock);
                HttpLoadResult ofOther = loadOfOther.stop();
                assertThat(ofOther.isFlawless()).as(ofOther.toString()).isTrue();
                return load.stop();
            }
        }
    }

    private static void awaitAnother(NamespaceEngine own, InterlockProcess interlock) throws IOException {
        String later = UniqueHostNames.newHost();
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
                        InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("wire", wire.address()))) {
            interlock.awaitServedBy(container, host);
            try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host)) {
                wire.injectFault(fault);
                interlock.awaitLogged("wire", "reach");
                String later = UniqueHostNames.newHost();
                SampleContainer meanwhile = engine.sample().hostname(later).start();
                wire.injectFault(Fault.NONE);

                interlock.awaitServedBy(meanwhile, later);
                HttpLoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
        }
    }

    @Test
    void aSlowEngineIsWatchedAllTheSame() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        try (EngineProxy wire = EngineProxy.inFrontOf(engine)) {
            wire.injectFault(Fault.SLOW);
            try (InterlockProcess interlock =
                    InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("wire", wire.address()))) {
                interlock.awaitServedBy(container, host);
                String later = UniqueHostNames.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
                assertThat(interlock.log()).doesNotContain("cannot be reached");
            }
        }
    }

    @Test
    void containersOfTheSameNameOnTwoEnginesAreServedTogether() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.start()) {
            String one = own.runSample(host);
            SampleContainer two = engine.sample().named(one).hostname(host).start();
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
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
