package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.Settings;
import io.interlock.testsupport.engine.EventStorm;
import io.interlock.testsupport.engine.Names;
import io.interlock.testsupport.engine.OwnEngine;
import io.interlock.testsupport.network.LoadClient;
import io.interlock.testsupport.network.LoadResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real engine that tells of more than anybody wants to know. */
@Timeout(180)
@Tag("engine")
class EventStormIT {

    private static final int EVENTS = 500;

    private final String host = Names.newHost();

    @Test
    void aStormOfEventsHidesNoChangeAndCostsNoRequest() throws Exception {
        try (OwnEngine engine = OwnEngine.start()) {
            String first = engine.runSample(host);
            List<String> noisy = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                noisy.add(engine.runSample(Names.newHost()));
            }
            try (InterlockProcess interlock =
                    InterlockProcess.start(Settings.inNewFolder().engine("noisy", engine.address()))) {
                interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(first));
                for (int i = 0; i < 3; i++) {
                    String unused = engine.docker(
                            "run", "-d", "--restart", "always", "-h", host, "-P", "interlock/sample", "false");
                }
                try (LoadClient load = LoadClient.onKeptConnections(1, interlock.port(), host);
                        EventStorm storm = EventStorm.of(engine.address(), noisy)) {
                    storm.awaitEvents(EVENTS);
                    String later = Names.newHost();
                    String name = engine.runSample(later);
                    interlock.awaitThat(
                            "what comes is served",
                            () -> interlock.nameAt(later).equals(name));
                    String unused = engine.docker("stop", name);
                    interlock.awaitNotServed(later);
                    LoadResult result = load.stop();
                    assertThat(result.isFlawless()).as(result.toString()).isTrue();
                }
                assertThat(interlock.proxyReloads()).isZero();
            }
        }
    }
}
