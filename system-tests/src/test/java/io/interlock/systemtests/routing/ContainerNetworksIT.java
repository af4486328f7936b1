package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.ParentNetworkDevice;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests containers in networks of all kinds, seen from their host: reachable containers are served, and the others are
 * reported.
 */
@Timeout(120)
@Tag("engine")
class ContainerNetworksIT {

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine();

    private final LocalEngine engine = running.engine();
    private final InterlockProcess interlock = running.process();
    private final String host = UniqueHostNames.newHost();

    @Test
    void aContainerThatHasNoWayOutIsServed() {
        String network = engine.createInternalNetwork();
        SampleContainer container =
                engine.sample().hostname(host).network(network).start();

        interlock.awaitServedBy(container, host);
    }

    @Test
    void aContainerOfSeveralNetworksIsServed() {
        SampleContainer container =
                engine.sample().hostname(host).network(engine.createNetwork()).create();
        container.connect(engine.createInternalNetwork());
        container.start();

        interlock.awaitServedBy(container, host);
    }

    @Test
    void aContainerInTheHostsNetworkIsServedByTheNameInItsData() {
        int port = PortAllocator.next();
        SampleContainer container = engine.sample()
                .network("host")
                .listensOn(port)
                .data("{\"hostname\": \"" + host + "\", \"port\": " + port + "}")
                .start();

        interlock.awaitThat("it is served", () -> interlock.get(host, "/name").status() == 200);
        container.stop();
        interlock.awaitNotServed(host);
    }

    @Test
    void aContainerThatItsHostCannotReachIsToldOfWithItsAddress() throws Exception {
        try (ParentNetworkDevice link = ParentNetworkDevice.create()) {
            String network = engine.createMacvlan(link);
            SampleContainer container =
                    engine.sample().hostname(host).network(network).start();

            interlock.awaitThat("it is known", () -> explained().contains(container.name()));

            assertThat(explained()).contains(container.address()).contains("macvlan");
            assertThat(interlock.get(host, "/name").status()).isEqualTo(503);
            engine.removeAll();
        }
    }

    private String explained() {
        try {
            return new InterlockCommandRunner(interlock.settings())
                    .run("explain", host)
                    .out();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
