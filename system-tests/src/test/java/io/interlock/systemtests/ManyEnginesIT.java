package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.systemtests.support.CommandLine;
import io.interlock.systemtests.support.Engine;
import io.interlock.systemtests.support.InterlockProcess;
import io.interlock.systemtests.support.Names;
import io.interlock.systemtests.support.SampleContainer;
import io.interlock.systemtests.support.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Twenty engines at once: one, watched twenty times under as many ids. So every container, name, id and address is there on all of
 * them, and nothing but the engine tells them apart.
 */
@Timeout(120)
@Tag("engine")
class ManyEnginesIT {

    private static final int ENGINES = 20;

    private final Engine engine = Engine.connect();
    private final String host = Names.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void theSameContainerOnTwentyEnginesIsTwentyServers() throws Exception {
        SampleContainer first = engine.sample().hostname(host).start();
        try (InterlockProcess interlock = InterlockProcess.start(twenty())) {
            interlock.awaitServedBy(first, host);
            interlock.awaitThat("each has a server", () -> servers(interlock, first) == ENGINES);

            SampleContainer second = engine.sample().hostname(host).start();
            interlock.awaitThat("each has the second", () -> servers(interlock, second) == ENGINES);
            first.stop();
            interlock.awaitThat("none has the first", () -> servers(interlock, first) == 0);
            interlock.awaitServedBy(second, host);

            JsonNode engines = new CommandLine(interlock.settings())
                    .run("status", "--json")
                    .json()
                    .path("engines");
            assertThat(engines)
                    .hasSize(ENGINES)
                    .allSatisfy(one -> assertThat(one.path("state").asText()).isEqualToIgnoringCase("connected"));
        }
    }

    @Test
    void onlyEnginesWithTheLabelsThatAreAskedForAreServed() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        Settings settings = twenty().with(file -> {
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
            interlock.awaitThat("those two have servers", () -> servers(interlock, container) == 2);
            assertThat(Files.readString(settings.proxyConfig()))
                    .contains(container.name() + ".e3 ", container.name() + ".e7 ");
        }
    }

    private Settings twenty() throws Exception {
        Settings settings = Settings.inNewFolder();
        for (int i = 0; i < ENGINES; i++) {
            settings = settings.engine("e" + i, engine.address().toString());
        }
        return settings;
    }

    private static long servers(InterlockProcess interlock, SampleContainer container) throws IOException {
        List<String> lines = Files.readAllLines(interlock.settings().proxyConfig());
        return IntStream.range(0, ENGINES)
                .filter(i -> lines.stream()
                        .anyMatch(line -> line.strip().startsWith("server " + container.name() + ".e" + i + " ")))
                .count();
    }
}
