package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.KeepalivedPair;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadClient.Plan;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests two instances behind an address that keepalived moves, configured as the documentation describes. */
@Timeout(120)
@Tag("engine")
class KeepalivedFailoverIT {

    private static final int CONNECTIONS = 4;
    private static final int PER_SECOND = 25;

    private static final String HOST = UniqueHostNames.newHost();
    private static KeepalivedPair pair;

    @BeforeAll
    static void startThem() throws IOException {
        pair = KeepalivedPair.start();
        String unused = pair.engine().runSampleInHostsNetwork(HOST);
    }

    @AfterAll
    static void endThem() throws IOException {
        pair.close();
    }

    @BeforeEach
    void theFirstHasTheAddress() {
        pair.awaitServedBy(pair.first(), HOST);
    }

    @Test
    void theAddressMovesWhenInterlockAndItsProxyAreKilledAndComesBackWithThem() throws Exception {
        pair.first().killInterlock();
        pair.awaitServedBy(pair.second(), HOST);
        HttpLoadResult after = load(Duration.ofSeconds(1)).await();
        assertThat(after.isFlawless()).as(after.toString()).isTrue();

        try (HttpLoadClient load = load(Duration.ofMinutes(1))) {
            pair.first().startInterlock();
            pair.awaitServedBy(pair.first(), HOST);
            assertLostAtMostWhatWasUnderWay(load.stop(), 1);
        }
    }

    @Test
    void theAddressMovesWhenItsHostIsCutOff() throws Exception {
        pair.connectFirst(false);
        try {
            pair.awaitServedBy(pair.second(), HOST);
            HttpLoadResult after = load(Duration.ofSeconds(1)).await();
            assertThat(after.isFlawless()).as(after.toString()).isTrue();
        } finally {
            pair.connectFirst(true);
        }
    }

    @Test
    void anInstanceThatGivesTheAddressAwayIsExchangedWhileTheOtherServes() throws Exception {
        try (HttpLoadClient load = load(Duration.ofMinutes(1))) {
            pair.first().leave(true);
            pair.awaitServedBy(pair.second(), HOST);
            pair.first().stopInterlock();
            pair.first().startInterlock();
            pair.first().leave(false);
            pair.awaitServedBy(pair.first(), HOST);
            assertLostAtMostWhatWasUnderWay(load.stop(), 2);
        }
    }

    private static HttpLoadClient load(Duration duration) {
        Plan plan = new Plan(CONNECTIONS, PER_SECOND, duration, false);
        return HttpLoadClient.atRateOnFreshConnections(plan, pair.address(), HOST);
    }

    /** The move of the address ends open connections, each of which carries one request. */
    private static void assertLostAtMostWhatWasUnderWay(HttpLoadResult result, int moves) {
        assertThat(result.sent() - result.withStatus(200))
                .as(result.toString())
                .isLessThanOrEqualTo((long) moves * CONNECTIONS);
    }
}
