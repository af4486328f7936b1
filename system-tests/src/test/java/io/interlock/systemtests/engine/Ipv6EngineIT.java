package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.net.InetAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests an engine whose host is reachable over IPv6 only; it works like any other. */
@Timeout(120)
@Tag("engine")
class Ipv6EngineIT {

    private final String host = UniqueHostNames.newHost();

    @Test
    void aContainerIsReachedAtThePortPublishedOnItsHostsAddress() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.startOverIpv6();
                InterlockProcess interlock = watching(own)) {
            String name = own.runSample(host);

            interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(name));
            assertThat(interlock.serversOf(host))
                    .singleElement()
                    .satisfies(served -> assertThat(InetAddress.getByName(
                                    served.at("/server/address").asText()))
                            .isEqualTo(InetAddress.getByName(own.ip())));
        }
    }

    @Test
    void stoppingAContainerCostsNoRequestIfAnotherServes() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.startOverIpv6()) {
            String one = own.runDraining(host);
            String other = own.runDraining(host);
            try (InterlockProcess interlock = watching(own)) {
                interlock.awaitThat("one serves", () -> interlock.nameAt(host).equals(one));
                interlock.awaitThat(
                        "the other serves", () -> interlock.nameAt(host).equals(other));
                try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
                    own.docker("stop", one);
                    HttpLoadResult result = load.stop();
                    assertThat(result.isFlawless()).as(result.toString()).isTrue();
                }
                assertThat(interlock.nameAt(host)).isEqualTo(other);
            }
        }
    }

    private static InterlockProcess watching(NamespaceEngine own) throws Exception {
        return InterlockProcess.start(ConfigFileBuilder.inNewFolder().engine("own", own.address()));
    }
}
