package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EventStorm;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a real engine that emits far more events than Interlock needs. */
@Timeout(180)
@Tag("engine")
class EventStormIT {

    private static final int EVENTS = 500;

    private final String host = UniqueHostNames.newHost();

    @Test
    void aStormOfEventsHidesNoChangeAndCostsNoRequest() throws Exception {
        try (NamespaceEngine engine = NamespaceEngine.start()) {
            String first = engine.runSample(host);
            List<String> noisy = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                noisy.add(engine.runSample(UniqueHostNames.newHost()));
            }
            try (InterlockProcess interlock =
                    InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("noisy", engine.address()))) {
                interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(first));
                for (int i = 0; i < 3; i++) {
                    String unused = engine.docker(
                            "run", "-d", "--restart", "always", "-h", host, "-P", "interlock/sample", "false");
                }
                try (HttpLoadClient load = HttpLoadClient.onKeptConnections(1, interlock.port(), host);
                        EventStorm storm = EventStorm.of(engine.address(), noisy)) {
                    storm.awaitEvents(EVENTS);
                    String later = UniqueHostNames.newHost();
                    String name = engine.runSample(later);
                    interlock.awaitThat(
                            "what comes is served",
                            () -> interlock.nameAt(later).equals(name));
                    String unused = engine.docker("stop", name);
                    interlock.awaitNotServed(later);
                    HttpLoadResult result = load.stop();
                    assertThat(result.isFlawless()).as(result.toString()).isTrue();
                }
                assertThat(interlock.proxyReloads()).isZero();
            }
        }
    }
}
