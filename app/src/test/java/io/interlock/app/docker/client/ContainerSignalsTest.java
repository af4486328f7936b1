package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ContainerSignalsTest {

    @ParameterizedTest
    @CsvSource({
        "15, SIGTERM, true",
        "15, 15, true",
        "TERM, SIGTERM, true",
        "sigterm, term, true",
        "3, SIGQUIT, true",
        "SIGQUIT, 3, true",
        "28, SIGWINCH, true",
        "37, SIGRTMIN+3, true",
        "SIGRTMAX-1, 63, true",
        "9, SIGTERM, true",
        "KILL, SIGQUIT, true",
        "1, SIGTERM, false",
        "HUP, SIGTERM, false",
        "10, SIGTERM, false",
        "28, SIGTERM, false",
        "15, SIGQUIT, false",
        "'', SIGTERM, false",
        "nonsense, nonsense, false",
        "-5, SIGTERM, false",
        "99999999999, SIGTERM, false"
    })
    void onlyTheContainersOwnStopSignalAndKillEndIt(String signal, String stopSignal, boolean ends) {
        assertThat(ContainerSignals.ends(signal, stopSignal)).isEqualTo(ends);
    }
}
