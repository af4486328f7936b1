package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests an engine on another host, whose containers are reached through the ports that it publishes there. The other
 * host is a container with its own address that forwards the engine's port and one published port.
 */
@Tag("engine")
class RemoteEngineIT {

    private static final int ENGINE_PORT = 2375;

    private final LocalEngine engine = LocalEngine.connect();
    private final EngineProxy wire = onAllAddresses(engine);
    private final int published = PortAllocator.next();
    private final SampleContainer otherHost = engine.sample()
            .command(
                    "sh",
                    "-c",
                    "here=$(ip route | awk '/default/ { print $3 }');"
                            + " nc -ll -p " + ENGINE_PORT + " -e nc $here " + wire.port() + " &"
                            + " nc -ll -p " + published + " -e nc $here " + published + " & wait")
            .start();

    @AfterEach
    void removeEverything() {
        wire.close();
        engine.close();
    }

    @Test
    void aContainerIsReachedThroughItsPublishedPort() throws IOException {
        String host = UniqueHostNames.newHost();
        SampleContainer container =
                engine.sample().hostname(host).publishedOn(published).start();

        try (InterlockProcess interlock = start()) {
            interlock.awaitServedBy(container, host);
            assertThat(interlock.serversOf(host)).singleElement().satisfies(served -> {
                assertThat(served.at("/server/address").asText()).isEqualTo(otherHost.address());
                assertThat(served.at("/server/port").asInt()).isEqualTo(published);
            });
            assertThat(interlock.awaitProxyConfig(otherHost.address() + ":" + published))
                    .doesNotContain(container.address() + ":")
                    .doesNotContain("0.0.0.0:" + published);
        }
    }

    @Test
    void aContainerThatPublishesNothingIsLeftOutWithAReason() throws IOException {
        String host = UniqueHostNames.newHost();
        String name = LocalEngine.uniqueName("unpublished");
        engine.sample().named(name).hostname(host).start();

        try (InterlockProcess interlock = start()) {
            interlock.awaitLogged(name, "publish");
            interlock.awaitReady();
            assertThat(interlock.get(host, "/").status()).isEqualTo(503);
        }
    }

    private InterlockProcess start() throws IOException {
        String address = "tcp://" + otherHost.address() + ":" + ENGINE_PORT;
        return InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("remote", address));
    }

    private static EngineProxy onAllAddresses(LocalEngine engine) {
        try {
            return EngineProxy.inFrontOf(engine, InetAddress.getByName("0.0.0.0"), ServerSocket::new);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
