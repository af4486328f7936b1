package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.SettableClock;
import io.interlock.testsupport.distribution.Settings;
import io.interlock.testsupport.engine.Engine;
import io.interlock.testsupport.engine.Names;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.LoadClient;
import io.interlock.testsupport.network.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of day of Interlock and its HAProxy is set while they run. */
@Timeout(120)
@Tag("engine")
class ClockIT {

    private final Engine engine = Engine.connect();
    private final String host = Names.newHost();

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
        SampleContainer second = engine.sample().hostname(host).start();
        try (InterlockProcess interlock = start()) {
            interlock.awaitServedBy(first, host);
            interlock.awaitServedBy(second, host);
            try (LoadClient load = LoadClient.onKeptConnections(2, interlock.port(), host)) {
                clock.set(Duration.ofHours(hours));
                second.stop();
                String later = Names.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
                interlock.awaitServedBy(engine.sample().hostname(host).start(), host);
                LoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
            assertThat(lastTime(interlock))
                    .as("the log goes by the clock that was set")
                    .isCloseTo(Instant.now().plus(Duration.ofHours(hours)), within(1, ChronoUnit.MINUTES));
        }
    }

    private InterlockProcess start() throws Exception {
        return InterlockProcess.start(
                Settings.inNewFolder().engine("local", engine.address().toString()), clock);
    }

    private static Instant lastTime(InterlockProcess interlock) {
        String last = interlock.log().lines().reduce((before, line) -> line).orElseThrow();
        return Instant.parse(last.substring(0, last.indexOf(' ')));
    }
}
