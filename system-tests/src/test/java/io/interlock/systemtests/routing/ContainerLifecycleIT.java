package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that the served containers follow every state change of a container. */
@Tag("engine")
class ContainerLifecycleIT {

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine();

    private final LocalEngine engine = running.engine();
    private final InterlockProcess interlock = running.process();
    private final String host = UniqueHostNames.newHost();

    @Test
    void aStoppedContainerIsNotServedUntilItIsStartedAgain() {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        container.stop();
        interlock.awaitNotServed(host);

        container.start();
        interlock.awaitServedBy(container, host);
    }

    @Test
    void aKilledContainerIsNotServed() {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        container.kill();

        interlock.awaitNotServed(host);
    }

    @Test
    void aRemovedContainerLeavesTheOthersOfItsName() {
        List<SampleContainer> containers = engine.startMany(2, host);
        interlock.awaitServedBy(containers.get(0), host);
        interlock.awaitServedBy(containers.get(1), host);

        containers.get(0).remove();

        interlock.awaitThat("only the other one answers", () -> {
            for (int i = 0; i < 6; i++) {
                if (!interlock.nameAt(host).equals(containers.get(1).name())) {
                    return false;
                }
            }
            return true;
        });
    }

    @Test
    void aRestartedContainerIsServedAtItsNewAddress() {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);
        container.stop();
        // Takes the free address, so that the first container gets another one.
        SampleContainer squatter =
                engine.sample().hostname(UniqueHostNames.newHost()).start();

        container.start();

        assertThat(squatter.address()).isNotEqualTo(container.address());
        interlock.awaitServedBy(container, host);
        container.restart();
        interlock.awaitServedBy(container, host);
    }

    @Test
    void aPausedContainerIsNotServedUntilItIsUnpaused() {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        container.pause();
        interlock.awaitNotServed(host);

        container.unpause();
        interlock.awaitServedBy(container, host);
    }

    @Test
    void aRenamedContainerStaysAndItsServerIsNamedAfterIt() {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);
        String newName = LocalEngine.uniqueName("renamed");

        container.rename(newName);

        String unused = interlock.awaitProxyConfig(newName);
        interlock.awaitServedBy(container, host);
    }

    @Test
    void aContainerWhoseLimitsAreUpdatedStays() throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        container.updateCpuShares(512);

        String later = UniqueHostNames.newHost();
        interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
        assertThat(interlock.nameAt(host)).isEqualTo(container.name());
    }

    @Test
    void aContainerThatLeavesANetworkIsServedThroughAnother() {
        String first = engine.createNetwork();
        String second = engine.createNetwork();
        SampleContainer container =
                engine.sample().hostname(host).network(first).start();
        interlock.awaitServedBy(container, host);

        container.connect(second);
        container.disconnect(first);

        interlock.awaitServedBy(container, host);
        container.disconnect(second);
        interlock.awaitNotServed(host);
        container.connect(first);
        interlock.awaitServedBy(container, host);
    }

    @Test
    void anUnhealthyContainerIsNotServedUntilItIsHealthy() {
        SampleContainer container =
                engine.sample().hostname(host).healthyIf("test ! -e /tmp/ill").start();
        interlock.awaitServedBy(container, host);

        container.run("touch /tmp/ill");
        interlock.awaitNotServed(host);

        container.run("rm /tmp/ill");
        interlock.awaitServedBy(container, host);
    }

    @Test
    void aContainerThatEndsAtOnceDisturbsNobody() throws IOException {
        SampleContainer neighbour = engine.sample().hostname(host).start();
        interlock.awaitServedBy(neighbour, host);
        String crashing = UniqueHostNames.newHost();

        for (int i = 0; i < 5; i++) {
            engine.sample().hostname(crashing).command("false").start();
        }

        interlock.awaitNotServed(crashing);
        assertThat(interlock.nameAt(host)).isEqualTo(neighbour.name());
    }

    @Test
    void manyContainersAtOnceAreAllServedByOneProxy() throws Exception {
        int count = 20;
        Map<String, Future<SampleContainer>> starts = new HashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(5)) {
            for (int i = 0; i < count; i++) {
                String name = i + "." + host;
                starts.put(
                        name,
                        executor.submit(() -> engine.sample().hostname(name).start()));
            }
        }

        for (String name : starts.keySet()) {
            interlock.awaitServedBy(started(starts.get(name)), name);
        }
        // A master and one worker; earlier workers leave once their connections are done.
        interlock.awaitThat(
                "two processes of the proxy remain",
                () -> interlock.proxyProcesses().size() == 2);
        List<SampleContainer> all = new ArrayList<>();
        for (Future<SampleContainer> start : starts.values()) {
            all.add(started(start));
        }
        all.forEach(SampleContainer::remove);
        starts.keySet().forEach(interlock::awaitNotServed);
    }

    private static SampleContainer started(Future<SampleContainer> start)
            throws ExecutionException, InterruptedException {
        return start.get();
    }
}
