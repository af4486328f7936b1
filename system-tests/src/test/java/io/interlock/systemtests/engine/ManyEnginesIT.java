package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests twenty engines at once: one engine is watched under twenty ids. Every container, name, id and address exists on
 * all of them, and only the engine distinguishes them.
 */
@Timeout(120)
@Tag("engine")
class ManyEnginesIT {

    private static final int ENGINES = 20;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void theSameContainerOnTwentyEnginesIsTwentyServers() throws Exception {
        SampleContainer first = engine.sample().hostname(host).start();
        try (InterlockProcess interlock = InterlockProcess.start(twenty())) {
            interlock.awaitServedBy(first, host);
            interlock.awaitThat(
                    "each has a server", () -> servers(interlock, first).size() == ENGINES);

            SampleContainer second = engine.sample().hostname(host).start();
            interlock.awaitThat(
                    "each has the second", () -> servers(interlock, second).size() == ENGINES);
            first.stop();
            interlock.awaitThat(
                    "none has the first", () -> servers(interlock, first).size() == 0);
            interlock.awaitServedBy(second, host);

            await().atMost(InterlockProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(new InterlockCommandRunner(interlock.settings())
                                    .run("status", "--json")
                                    .json()
                                    .path("engines"))
                            .hasSize(ENGINES)
                            .allSatisfy(one ->
                                    assertThat(one.path("state").asText()).isEqualToIgnoringCase("connected")));
        }
    }

    @Test
    void onlyEnginesWithTheLabelsThatAreAskedForAreServed() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        ConfigFileBuilder settings = twenty().with(file -> {
            for (int i : List.of(3, 7)) {
                ((ObjectNode) file.at("/engines/" + i + "/engine"))
                        .putArray("labels")
                        .add("zone=a")
                        .add("ssd");
            }
            ((ObjectNode) file.at("/engines/8/engine")).putArray("labels").add("zone=a");
            file.putObject("filter").putArray("engine_labels").add("zone=a").add("ssd");
        });
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            interlock.awaitThat(
                    "those two have servers",
                    () -> servers(interlock, container)
                            .equals(Set.of(container.name() + ".e3", container.name() + ".e7")));
        }
    }

    private ConfigFileBuilder twenty() throws Exception {
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder();
        for (int i = 0; i < ENGINES; i++) {
            settings = settings.engine("e" + i, engine.address().toString());
        }
        return settings;
    }

    /** The names of a container's servers, of which there is one for each engine. */
    private Set<String> servers(InterlockProcess interlock, SampleContainer container) throws IOException {
        return interlock.serversOf(host).stream()
                .map(served -> served.at("/server/name").asText())
                .filter(name -> name.startsWith(container.name() + ".e"))
                .collect(Collectors.toSet());
    }
}
