package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests outages of engines: the last known containers stay in service, and no change is missed after the return. */
@Tag("engine")
class EngineOutageIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final EngineProxy wire = EngineProxy.inFrontOf(engine);
    private final String host = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        wire.close();
        engine.close();
    }

    @Test
    void anEngineThatIsDownAtStartDoesNotStopTheOthers() throws IOException {
        String nobody = "tcp://127.0.0.1:" + PortAllocator.next();
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                .engine("down", nobody)
                .engine("local", engine.address().toString());
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            interlock.awaitLogged("down", nobody.substring("tcp://".length()));
        }
    }

    @Test
    void theProxyAnswersWhileNoEngineDoes() throws IOException {
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("down", "tcp://127.0.0.1:" + PortAllocator.next());

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitReady();
            assertThat(interlock.get(host, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void anEngineThatComesUpLaterIsWatchedFromThenOn() throws IOException {
        SampleContainer before = engine.sample().hostname(host).start();
        wire.cut();

        try (InterlockProcess interlock = overTheWire().awaitReady()) {
            wire.mend();
            interlock.awaitServedBy(before, host);

            String later = UniqueHostNames.newHost();
            interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
        }
    }

    @Test
    void whatWasLastKnownStaysServedWhileTheEngineIsAway() throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = overTheWire()) {
            interlock.awaitServedBy(container, host);
            try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host)) {
                wire.cut();
                interlock.awaitLogged("wire", "reach");
                wire.mend();
                String later = UniqueHostNames.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);

                HttpLoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
        }
    }

    @Test
    void whatChangedWhileTheEngineWasAwayIsFoundOnReturn() throws IOException {
        SampleContainer ends = engine.sample().hostname(host).start();
        String newHost = UniqueHostNames.newHost();

        try (InterlockProcess interlock = overTheWire()) {
            interlock.awaitServedBy(ends, host);
            wire.cut();
            ends.stop();
            SampleContainer begins = engine.sample().hostname(newHost).start();

            wire.mend();

            interlock.awaitServedBy(begins, newHost);
            interlock.awaitNotServed(host);
        }
    }

    @Test
    void anEngineIsOnlyEverRead() throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = overTheWire()) {
            interlock.awaitServedBy(container, host);
            container.stop();
            interlock.awaitNotServed(host);

            assertThat(wire.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
        }
    }

    @Test
    void anEventLeadsToAtMostOneInspectOfItsContainerAndToNoneOfAnother() throws IOException {
        List<SampleContainer> others = engine.startMany(3, host);

        try (InterlockProcess interlock = overTheWire()) {
            for (SampleContainer other : others) {
                interlock.awaitServedBy(other, host);
            }
            long before = others.stream().mapToLong(this::inspectsOf).sum();
            String newHost = UniqueHostNames.newHost();
            SampleContainer container = engine.sample().hostname(newHost).start();
            interlock.awaitServedBy(container, newHost);

            // The start of a container is two events: it joins its network, and it runs.
            assertThat(inspectsOf(container)).isBetween(1L, 2L);
            assertThat(others.stream().mapToLong(this::inspectsOf).sum()).isEqualTo(before);
        }
    }

    private long inspectsOf(SampleContainer container) {
        return wire.requests().stream()
                .filter(request -> request.contains("/containers/" + container.id() + "/json"))
                .count();
    }

    private InterlockProcess overTheWire() throws IOException {
        return InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("wire", wire.address()));
    }
}
