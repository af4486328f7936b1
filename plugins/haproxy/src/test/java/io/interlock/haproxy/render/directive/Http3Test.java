package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/3 on each available HAProxy: a build with QUIC listens and announces it to clients; for other builds the
 * configuration is refused.
 */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class Http3Test {

    private final Path binary;

    @TempDir
    Path folder;

    Http3Test(Path binary) {
        this.binary = binary;
    }

    @Test
    void itIsServedWhereTheBuildHasQuicAndRefusedWithWhatToDoElsewhere() throws Exception {
        int port = PortAllocator.next();
        TlsSettings settings = new TlsSettings(
                port, 443, TlsVersion.TLS_1_2, Optional.empty(), TlsSettings.PlainHttp.SERVED, true, false);
        if (!HaproxyBinary.find(Optional.of(binary)).hasQuic()) {
            assertThatThrownBy(() -> rig(settings))
                    .isInstanceOf(LoadBalancerUnavailableException.class)
                    .hasMessageContaining("built without QUIC")
                    .hasMessageContaining("\"http3\"");
            return;
        }
        Path pem = new OpensslCertificates(folder.resolve("pems")).selfSigned("a.pem", "www.example.com");
        Certificate certificate =
                new Certificate("a", pem, Files.size(pem), List.of(HostName.of("www.example.com")), Optional.empty());
        try (OriginServer origin = new OriginServer("one");
                HaproxyFixture rig = rig(settings)) {
            assertThat(rig.apply(new TopologySnapshot(
                            1,
                            LoopbackTopologies.oneHost("www.example.com", origin.port())
                                    .topology()
                                    .with(new TlsMaterial(List.of(certificate), List.of())))))
                    .isInstanceOf(Applied.class);

            assertThat(OpensslCertificates.run(
                            "curl",
                            "-sSki",
                            "--resolve",
                            "www.example.com:" + port + ":127.0.0.1",
                            "https://www.example.com:" + port + "/"))
                    .containsIgnoringCase("alt-svc: h3=\":443\"; ma=3600");
            assertThat(rig.get("www.example.com", "/").headers()).doesNotContainKey("alt-svc");
            assertThatThrownBy(() ->
                            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close())
                    .isInstanceOf(BindException.class);
        }
    }

    private HaproxyFixture rig(TlsSettings settings) throws Exception {
        return new HaproxyFixture(
                folder.resolve("rig"), PortAllocator.next(), HaproxyFixture.withBinary(binary), settings);
    }
}
