package io.interlock.haproxy.apply;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.TlsHandshakeClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that one who prevents a reload, or asks for one that cannot be had, holds back nobody else. */
@Timeout(180)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ReloadFailureTest {

    /** More names than HAProxy takes in one line of its list of certificates. */
    private static final int TOO_MANY_NAMES = 2_100;

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final SortedMap<String, Backend> backends = new TreeMap<>();
    private final List<Certificate> certificates = new ArrayList<>();
    private OriginServer one;
    private OriginServer two;
    private OpensslCertificates pems;
    private int httpsPort;
    private HaproxyFixture rig;
    private long revision;

    ReloadFailureTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        httpsPort = PortAllocator.next();
        one = opened(new OriginServer("one"));
        two = opened(new OriginServer("two"));
        pems = new OpensslCertificates(folder.resolve("pems"));
        rig = opened(new HaproxyFixture(
                folder.resolve("rig"),
                PortAllocator.next(),
                HaproxyFixture.withBinary(binary),
                new TlsSettings(
                        httpsPort, httpsPort, TlsVersion.TLS_1_2, Optional.empty(), PlainHttp.SERVED, false, false)));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aCertificateThatIsRefusedIsLeftOutAlone() throws Exception {
        serve("a.example.com", List.of(), one);
        certificate("a", pems.selfSigned("a.pem", "a.example.com"), "a.example.com");
        certificate("garbage", Files.writeString(folder.resolve("garbage.pem"), "garbage\n"), "b.example.com");
        Path foreign = pems.selfSigned("c.pem", "c.example.com");
        Files.writeString(
                foreign,
                Files.readString(foreign)
                        .replaceFirst(
                                "(?s)^.*-----END CERT",
                                Files.readString(pems.selfSigned("d.pem", "d.example.com"))
                                        .replaceFirst("(?s)-----END CERT.*", "-----END CERT")));
        certificate("foreign", foreign, "c.example.com");

        List<Omission> omissions = ((Applied) apply()).omissions();

        assertThat(omissions).extracting(Omission::field).containsOnly("certificate");
        assertThat(omissions).extracting(Omission::value).containsExactlyInAnyOrder("garbage", "foreign");
        assertThat(TlsHandshakeClient.certificate(httpsPort, "a.example.com")).isPresent();
        assertThat(servedBy("a.example.com")).isEqualTo("one");
    }

    @Test
    void aLineOfTheListOfCertificatesThatIsRefusedHoldsBackNobody() throws Exception {
        serve("a.example.com", List.of(), one);
        certificate("a", pems.selfSigned("a.pem", "a.example.com"), "a.example.com");
        assertThat(apply()).isInstanceOf(Applied.class);

        certificate(
                "long",
                pems.selfSigned("long.pem", "*.long.example.com"),
                IntStream.range(0, TOO_MANY_NAMES)
                        .mapToObj(i -> "n" + i + ".long.example.com")
                        .toArray(String[]::new));
        serve("b.example.com", List.of(), two);
        assertThat(apply()).isInstanceOf(Applied.class);
        assertThat(servedBy("b.example.com")).isEqualTo("two");

        // A start in that state serves everybody else.
        rig.master().destroyForcibly();
        await().until(() -> rig.applyRequests.get() > 0);
        await().until(() -> apply() instanceof Applied);
        assertThat(servedBy("a.example.com")).isEqualTo("one");
        assertThat(TlsHandshakeClient.certificate(httpsPort, "a.example.com")).isPresent();
    }

    @Test
    void whatNeedsNoReloadIsToldWhileAReloadCannotBeHad() throws Exception {
        serve("a.example.com", List.of(), one);
        serve("protected.example.com", List.of(), one);
        assertThat(apply()).isInstanceOf(Applied.class);
        Path before = preventReloads();

        serve("a.example.com", List.of(), two);
        serve("b.example.com", List.of(), two);
        // What these ask for is not declared in the running HAProxy.
        serve("new.example.com", List.of("http-no-delay", "tcpka"), two);
        serve("protected.example.com", List.of("http-no-delay", "tcpka"), one, two);
        assertThat(apply()).isInstanceOf(Failed.class);

        await().untilAsserted(() -> assertThat(servedBy("a.example.com")).isEqualTo("two"));
        assertThat(servedBy("b.example.com")).isEqualTo("two");
        assertThat(rig.get("new.example.com", "/").status()).isEqualTo(503);
        for (int i = 0; i < 10; i++) {
            assertThat(servedBy("protected.example.com"))
                    .as("a new server may ask for a protection")
                    .isEqualTo("one");
        }

        serve("c.example.com", List.of(), one);
        assertThat(apply()).isInstanceOf(Failed.class);
        assertThat(servedBy("c.example.com")).isEqualTo("one");

        allowReloads(before);
        assertThat(apply())
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
        assertThat(servedBy("new.example.com")).isEqualTo("two");
    }

    /** Lets every attempt to replace HAProxy's configuration fail. */
    private Path preventReloads() throws Exception {
        Path config = rig.configFile();
        Path before = config.resolveSibling("before");
        Files.move(config, before);
        Files.createDirectory(config);
        Files.createFile(config.resolve("x"));
        return before;
    }

    private void allowReloads(Path before) throws Exception {
        Files.delete(rig.configFile().resolve("x"));
        Files.delete(rig.configFile());
        Files.move(before, rig.configFile());
    }

    private String servedBy(String host) throws Exception {
        return rig.get(host, "/").body().replaceFirst(" for .*", "");
    }

    private ApplyResult apply() throws InterruptedException {
        List<VirtualHost> hosts = new ArrayList<>();
        backends.forEach((host, backend) ->
                hosts.add(new VirtualHost(List.of(new HostName(host)), List.of(Route.toBackend(backend.name())))));
        return rig.apply(new TopologySnapshot(
                ++revision,
                new Topology(hosts, List.copyOf(backends.values()), new TlsMaterial(certificates, List.of()))));
    }

    private void serve(String host, List<String> options, OriginServer... servers) {
        List<Server> all = new ArrayList<>();
        for (OriginServer server : servers) {
            all.add(LoopbackTopologies.server(server == one ? "one" : "two", server.port()));
        }
        backends.put(host, new Backend(Backend.nameFor(new HostName(host)), all, new HealthCheck.Tcp(), options));
    }

    private void certificate(String id, Path pem, String... names) throws Exception {
        certificates.add(new Certificate(
                id, pem, Files.size(pem), Stream.of(names).map(HostName::new).toList(), Optional.empty()));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
