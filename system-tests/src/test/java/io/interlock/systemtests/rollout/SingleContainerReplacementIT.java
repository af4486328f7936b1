package io.interlock.systemtests.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that requests wait for the next container if the only container of a name ends before it starts. */
@Tag("engine")
class SingleContainerReplacementIT {

    private static final int TIMES = 3;

    @RegisterExtension
    static final InterlockExtension running =
            InterlockExtension.onLocalEngine(SingleContainerReplacementIT::withPatience);

    private final String host = UniqueHostNames.newHost();
    private final List<SampleContainer> all = new ArrayList<>();

    @Test
    void noGetIsLostNorExecutedTwiceWhenTheOnlyContainerOfANameIsReplacedAfterItHasGone() throws Exception {
        startNext();
        // A request on a connection of its own: HAProxy ends a kept one without an answer when the server closes the
        // connection on which it sent the request, and leaves it to the client to repeat the request.
        HttpLoadClient.Plan plan = new HttpLoadClient.Plan(5, 20, Duration.ofSeconds(6), false);
        HttpLoadResult result;
        try (HttpLoadClient client = HttpLoadClient.withIdsOnFreshConnections(plan, address(), host)) {
            for (int i = 0; i < TIMES; i++) {
                all.getLast().stop();
                startNext();
            }
            result = client.await();
        }

        assertAllExecutedOnce(plan, result);
    }

    @Test
    void noPostThatComesWhileNoContainerServesIsLostNorExecutedTwice() throws Exception {
        startNext();
        HttpLoadClient.Plan plan = new HttpLoadClient.Plan(5, 20, Duration.ofSeconds(2), true);
        HttpLoadResult result;
        all.getLast().stop();
        try (HttpLoadClient client = HttpLoadClient.atRate(plan, address(), host)) {
            startNext();
            result = client.await();
        }

        assertAllExecutedOnce(plan, result);
    }

    /** A request waits for as long as a busy machine may need to start a container. */
    private static ConfigFileBuilder withPatience(ConfigFileBuilder settings) {
        return settings.with(
                file -> file.putObject("plugins").putObject("haproxy").put("wait_for_server", 60_000));
    }

    private void startNext() throws Exception {
        all.add(running.engine()
                .backend()
                .hostname(host)
                .environment("ON_TERM", "drain:0")
                .start());
        running.process().awaitServedBy(all.getLast(), host);
    }

    private void assertAllExecutedOnce(HttpLoadClient.Plan plan, HttpLoadResult result) throws Exception {
        assertThat(result.sent()).isEqualTo(plan.requests());
        assertThat(result.isFlawless()).as(result.toString()).isTrue();
        Map<String, Integer> executions = new HashMap<>();
        for (SampleContainer container : all) {
            container.file("/executed").lines().forEach(id -> executions.merge(id, 1, Integer::sum));
        }
        assertThat(executions.values()).containsOnly(1);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), running.process().port());
    }
}
