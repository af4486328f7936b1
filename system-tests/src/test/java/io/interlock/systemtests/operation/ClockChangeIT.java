package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.SettableClock;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests changes of the time of day of Interlock and its HAProxy while they run. */
@Timeout(120)
@Tag("engine")
class ClockChangeIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private SettableClock clock;

    @BeforeEach
    void create() throws Exception {
        clock = SettableClock.create();
    }

    @AfterEach
    void end() throws Exception {
        clock.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, -3})
    void containersThatComeAndGoAreServedAsBeforeWhenItIsSet(int hours) throws Exception {
        SampleContainer first = engine.sample().hostname(host).start();
        // The sample cuts an answer in progress short when it is stopped.
        SampleContainer second = engine.backend()
                .hostname(host)
                .environment("ON_TERM", "drain:0")
                .start();
        try (InterlockProcess interlock = start()) {
            interlock.awaitServedBy(first, host);
            interlock.awaitServedBy(second, host);
            // HAProxy ends a kept connection without an answer when the container closes the connection to it.
            try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
                clock.set(Duration.ofHours(hours));
                second.stop();
                String later = UniqueHostNames.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
                interlock.awaitServedBy(engine.sample().hostname(host).start(), host);
                HttpLoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
            assertThat(lastTime(interlock))
                    .as("the log goes by the clock that was set")
                    .isCloseTo(Instant.now().plus(Duration.ofHours(hours)), within(1, ChronoUnit.MINUTES));
        }
    }

    private InterlockProcess start() throws Exception {
        return InterlockProcess.start(
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString()), clock);
    }

    private static Instant lastTime(InterlockProcess interlock) {
        String last = interlock.log().lines().reduce((before, line) -> line).orElseThrow();
        return Instant.parse(last.substring(0, last.indexOf(' ')));
    }
}
