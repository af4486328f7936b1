package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.PodmanService;
import io.interlock.systemtests.support.TestPreconditions;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests Podman's service, which answers like a Docker engine and is watched like one. */
@Timeout(120)
@Tag("engine")
class PodmanServiceIT {

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static PodmanService podman;

    private final String host = UniqueHostNames.newHost();
    private InterlockProcess interlock;

    @BeforeAll
    static void startPodman() throws IOException {
        TestPreconditions.abortIfPresent(PodmanService.obstacle(), "Podman");
        podman = PodmanService.start();
    }

    @AfterAll
    static void endPodman() throws IOException {
        // A failed start is the failure to report, not the missing service.
        if (podman != null) {
            podman.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        interlock = InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("podman", podman.address()));
        interlock.awaitReady();
    }

    @AfterEach
    void stop() throws IOException {
        if (interlock != null) {
            interlock.close();
        }
    }

    @Test
    void aContainerThatStartsIsServedAtItsHostname() throws Exception {
        String name = podman.run("--hostname", host);

        awaitServedBy(name);
    }

    @Test
    void aContainerThatStartsIsServedAtTheNameInItsLabel() throws Exception {
        String name = podman.run("--label", "interlock.hostname=" + host);

        awaitServedBy(name);
    }

    @Test
    void aContainerThatStopsIsGoneWithoutALostRequestIfAnotherServes() throws Exception {
        String one = podman.run("--hostname", host);
        String other = podman.run("--hostname", host);
        awaitServedBy(one);
        awaitServedBy(other);

        // HAProxy ends a kept connection without an answer when the container closes the connection to it.
        try (HttpLoadClient load = HttpLoadClient.onFreshConnections(4, interlock.port(), host)) {
            podman.stop(one);
            awaitForgotten(one);
            HttpLoadResult result = load.stop();
            assertThat(result.isFlawless()).as(result.toString()).isTrue();
        }
        podman.stop(other);
        interlock.awaitNotServed(host);
    }

    @Test
    void containersAreServedWhileTheServiceIsAwayAndWhatChangedIsFoundOnceItIsBack() throws Exception {
        String later = UniqueHostNames.newHost();
        String leaves = podman.run("--hostname", UniqueHostNames.newHost());
        String stays = podman.run("--hostname", host);
        awaitServedBy(stays);
        interlock.awaitThat("both are known", () -> isServer(leaves));

        try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host)) {
            podman.stopService();
            interlock.awaitLogged("podman", "reach");
            podman.stop(leaves);
            String comes = podman.run("--hostname", later);
            podman.startService();
            interlock.awaitThat(
                    "what came meanwhile is served",
                    () -> interlock.nameAt(later).equals(comes));
            awaitForgotten(leaves);
            HttpLoadResult result = load.stop();
            assertThat(result.isFlawless()).as(result.toString()).isTrue();
        }
    }

    private void awaitServedBy(String name) {
        interlock.awaitThat(name + " serves", () -> interlock.nameAt(host).equals(name));
    }

    private void awaitForgotten(String name) {
        interlock.awaitThat(name + " is no server any more", () -> !isServer(name));
    }

    private boolean isServer(String name) throws IOException {
        try {
            return new InterlockCommandRunner(interlock.settings())
                    .run("explain", name)
                    .out()
                    .contains("server  ");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
