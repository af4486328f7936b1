package io.interlock.haproxy.render.directive;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.ClientCertificates;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.testsupport.network.HandshakeLoop;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTPS with real clients, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class TlsFrontendTest {

    private static final String HOST = "www.example.com";
    private static final String OTHER = "shop.example.org";

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final TreeMap<String, Certificate> certificates = new TreeMap<>();
    private final List<AcmeChallenge> challenges = new ArrayList<>();
    private OpensslCertificates pems;
    private @Nullable HaproxyFixture started;
    private int port;
    private TopologySnapshot routes;

    TlsFrontendTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void prepare() throws Exception {
        pems = new OpensslCertificates(folder.resolve("pems"));
        OriginServer origin = opened(new OriginServer("one"));
        routes = LoopbackTopologies.hosts(List.of(HOST, OTHER), origin.port());
        port = PortAllocator.next();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig().processes()).isEmpty();
    }

    @Test
    void eachNameIsShownItsCertificateAndOthersAreRefusedInTheHandshake() throws Exception {
        show("exact", HOST);
        show("wildcard", "*.example.org");
        start(settings(PlainHttp.SERVED, Optional.empty()));

        assertThat(https(HOST, "-w", "|%{http_version}")).startsWith("one").endsWith("|2");
        assertThat(https(OTHER, "--http1.1", "-w", "|%{http_version}"))
                .startsWith("one")
                .endsWith("|1.1");
        assertThat(subject("-servername", HOST)).contains("CN = " + HOST);
        assertThat(subject("-servername", "any.example.org")).contains("CN = *.example.org");
        assertThat(Stream.of("deep.any.example.org", "nobody.example.net").map(this::handshake))
                .allSatisfy(outcome -> assertThat(outcome.output())
                        .contains("unrecognized name")
                        .doesNotContain("BEGIN CERT"));
        assertThat(openssl("-noservername").output()).contains("unrecognized name");
        assertThat(openssl("-servername", HOST, "-tls1_1").exitCode()).isNotZero();
        assertThat(openssl("-servername", HOST, "-tls1_2").output()).contains("Protocol  : TLSv1.2");
        assertThat(openssl("-servername", HOST, "-tls1_2", "-cipher", "AES128-SHA256")
                        .exitCode())
                .isNotZero();
        assertThat(rig().get(HOST, "/").body()).startsWith("one");
    }

    @Test
    void certificatesComeChangeAndGoWithoutAReloadOrAFailedHandshake() throws Exception {
        show("first", HOST);
        start(settings(PlainHttp.SERVED, Optional.empty()));
        try (HandshakeLoop clients = new HandshakeLoop(4, port, HOST)) {
            clients.awaitMore(20);
            for (int i = 0; i < 5; i++) {
                replace("first", "first-" + i, HOST);
                assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
                clients.awaitMore(20);
            }
            show("more", OTHER);
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
            clients.awaitMore(20);

            assertThat(clients.failures()).isEmpty();
            assertThat(clients.serials()).hasSize(6);
        }
        assertThat(https(OTHER)).startsWith("one");
        certificates.remove("more");
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(handshake(OTHER).output()).contains("unrecognized name");
        assertThat(apply()).isInstanceOf(Unchanged.class);
        assertThat(rig().reloads()).isZero();
    }

    @Test
    void aStartOfHaproxyAndAnotherControllerFindWhatWasToldLast() throws Exception {
        show("first", HOST);
        start(settings(PlainHttp.SERVED, Optional.empty()));
        replace("first", "second", HOST);
        show("more", OTHER);
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        String serial = serial(HOST);

        rig().loseController();
        assertThat(apply()).isInstanceOf(Unchanged.class);
        rig().loseController();
        replace("first", "third", HOST);
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(serial(HOST)).isNotEqualTo(serial);
        assertThat(rig().reloads()).isZero();

        String third = serial(HOST);
        await().until(() -> listed().equals(Files.readString(rig().data().resolve("certificates.list"))));
        await().untilAsserted(() -> assertThat(files()).hasSize(2));
        assertThat(files())
                .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        // The master may end by itself when its worker has ended.
        ProcessHandle master = rig().master();
        master.descendants().forEach(ProcessHandle::destroyForcibly);
        master.destroyForcibly();
        await().until(() -> rig().processes().isEmpty());
        assertThat(how(apply())).isEqualTo(ApplyMethod.START);
        assertThat(serial(HOST)).isEqualTo(third);
        assertThat(https(OTHER)).startsWith("one");
    }

    @Test
    void aCertificateThatHaproxyRefusesIsLeftOutAloneAndOneTooLargeForItsSocketIsLoaded() throws Exception {
        show("good", HOST);
        start(settings(PlainHttp.SERVED, Optional.empty()));
        certificates.put("weak", certificate("weak", pems.weak("weak", 1024, OTHER), Optional.empty(), OTHER));

        // After the attempt at run time HAProxy tries to load the certificate once, and no further attempt follows.
        assertThat(omissions(apply())).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("certificate");
            assertThat(omission.value()).isEqualTo("weak");
            assertThat(omission.reason()).contains("HAProxy refuses it");
        });
        assertThat(https(HOST)).startsWith("one");
        assertThat(handshake(OTHER).output()).contains("unrecognized name");
        int before = rig().reloads();
        assertThat(apply()).isInstanceOf(Unchanged.class);

        certificates.remove("weak");
        Path large = pems.selfSigned("large", OTHER);
        Files.writeString(large, Files.readString(large) + ("# " + "x".repeat(98) + "\n").repeat(200));
        certificates.put("large", certificate("large", large, Optional.empty(), OTHER));
        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
        assertThat(rig().reloads()).isEqualTo(before + 1);
        assertThat(https(OTHER)).startsWith("one");
    }

    @Test
    void aCertificateServesMoreNamesThanALineHolds() throws Exception {
        show("first", HOST);
        start(settings(PlainHttp.SERVED, Optional.empty()));
        String[] names = IntStream.range(0, 5_000)
                .mapToObj(i -> "h" + i + ".wide.example.com")
                .toArray(String[]::new);
        Path pem = pems.selfSigned("wide.pem", "*.wide.example.com");
        certificates.put("wide", certificate("wide", pem, Optional.of(TlsVersion.TLS_1_3), names));

        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
        assertThat(serial("h0.wide.example.com")).isEqualTo(serial("h4999.wide.example.com"));
        assertThat(apply()).isInstanceOf(Unchanged.class);
        rig().loseController();
        assertThat(apply()).isInstanceOf(Unchanged.class);
        certificates.remove("wide");
        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
        assertThat(handshake("h0.wide.example.com").output()).contains("unrecognized name");
        assertThat(https(HOST)).startsWith("one");
    }

    @Test
    void clientsShowCertificatesOfTheirOwnAndNamesHaveALeastVersion() throws Exception {
        Path authority = pems.selfSigned("authority", "authority");
        pems.signed("good", "good client", "authority");
        pems.selfSigned("bad", "bad client");
        certificates.put(
                "new", certificate("new", pems.selfSigned("new", HOST), Optional.of(TlsVersion.TLS_1_3), HOST));
        show("old", OTHER);
        start(settings(PlainHttp.SERVED, Optional.of(new ClientCertificates(pems.certificate("authority"), false))));

        assertThat(openssl("-servername", HOST, "-tls1_2").exitCode()).isNotZero();
        assertThat(openssl("-servername", OTHER, "-tls1_2").output()).contains("Protocol  : TLSv1.2");
        assertThat(https(OTHER)).startsWith("one");
        assertThat(https(OTHER, client("good"))).startsWith("one");
        assertThat(curl(OTHER, client("bad")).exitCode()).isNotZero();
        assertThat(authority).exists();

        rig().close();
        opened.remove(rig());
        port = PortAllocator.next();
        start(settings(PlainHttp.SERVED, Optional.of(new ClientCertificates(pems.certificate("authority"), true))));
        assertThat(https(OTHER, client("good"))).startsWith("one");
        assertThat(curl(OTHER, client("bad")).exitCode()).isNotZero();
        assertThat(curl(OTHER).exitCode()).isNotZero();
    }

    @Test
    void plainHttpLeadsToHttpsButForChallengesWhichComeAndGoWithoutAReload() throws Exception {
        show("first", HOST);
        start(settings(PlainHttp.REDIRECTED, Optional.empty()));
        String path = "/.well-known/acme-challenge/";
        HttpConnection.Response response = rig().get(HOST, "/some?where=1");
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.header("location")).isEqualTo("https://" + HOST + ":9443/some?where=1");

        challenges.add(new AcmeChallenge("t0-_ken", "t0-_ken.thumb"));
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(rig().get("any.example.net", path + "t0-_ken").body()).isEqualTo("t0-_ken.thumb");
        assertThat(rig().get(HOST, path + "unknown").status()).isEqualTo(308);
        assertThat(https(HOST)).startsWith("one");

        challenges.clear();
        // Certificates that are no longer wanted stay for a moment, as virtual hosts do.
        await().until(() -> {
            apply();
            return rig().get("any.example.net", path + "t0-_ken").status() == 308;
        });
        assertThat(rig().reloads()).isZero();

        rig().close();
        opened.remove(rig());
        port = PortAllocator.next();
        challenges.add(new AcmeChallenge("other", "other.thumb"));
        start(settings(PlainHttp.REFUSED, Optional.empty()));
        assertThat(rig().get(HOST, "/").status()).isEqualTo(403);
        assertThat(rig().get(HOST, path + "other").body()).isEqualTo("other.thumb");
        assertThat(https(HOST)).startsWith("one");
    }

    private TlsSettings settings(PlainHttp plain, Optional<ClientCertificates> clients) {
        return new TlsSettings(port, 9443, TlsVersion.TLS_1_2, clients, plain, false, true);
    }

    private void start(TlsSettings settings) throws Exception {
        started = opened(new HaproxyFixture(
                folder.resolve("rig"), PortAllocator.next(), HaproxyFixture.withBinary(binary), settings));
        assertThat(how(apply())).isEqualTo(ApplyMethod.START);
    }

    private HaproxyFixture rig() {
        return Objects.requireNonNull(started);
    }

    private void show(String id, String... names) throws IOException {
        replace(id, id, names);
    }

    private void replace(String id, String file, String... names) throws IOException {
        certificates.put(id, certificate(id, pems.selfSigned(file + ".pem", names), Optional.empty(), names));
    }

    private static Certificate certificate(String id, Path file, Optional<TlsVersion> least, String... names)
            throws IOException {
        return new Certificate(
                id,
                file,
                Files.size(file),
                Arrays.stream(names).map(HostName::of).toList(),
                least);
    }

    private ApplyResult apply() throws InterruptedException {
        return rig().apply(new TopologySnapshot(
                1, routes.topology().with(new TlsMaterial(List.copyOf(certificates.values()), challenges))));
    }

    private static List<Omission> omissions(ApplyResult result) {
        return switch (result) {
            case Applied applied -> applied.omissions();
            case Unchanged unchanged -> unchanged.omissions();
            default -> throw new AssertionError("not applied: " + result);
        };
    }

    private static ApplyMethod how(ApplyResult result) {
        assertThat(result).isInstanceOf(Applied.class);
        return ((Applied) result).how();
    }

    /** The body of an answer over TLS. */
    private String https(String host, String... options) throws IOException {
        OpensslCertificates.Outcome outcome = curl(host, options);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private OpensslCertificates.Outcome curl(String host, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("curl", "-sS", "-k", "--max-time", "20", "--resolve", host + ":" + port + ":127.0.0.1"));
        command.addAll(List.of(options));
        command.add("https://" + host + ":" + port + "/");
        return OpensslCertificates.attempt(command.toArray(String[]::new));
    }

    private String[] client(String name) {
        return new String[] {
            "--cert", pems.certificate(name).toString(), "--key", pems.key(name).toString()
        };
    }

    private OpensslCertificates.Outcome handshake(String name) {
        try {
            return openssl("-servername", name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private OpensslCertificates.Outcome openssl(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        return OpensslCertificates.attempt(command.toArray(String[]::new));
    }

    private String subject(String... options) throws IOException {
        return openssl(options).output();
    }

    private String serial(String name) throws Exception {
        try (HandshakeLoop clients = new HandshakeLoop(4, port, name)) {
            clients.awaitMore(1);
            assertThat(clients.failures()).isEmpty();
            assertThat(clients.serials()).hasSize(1);
            return clients.serials().iterator().next();
        }
    }

    /** The current list of HAProxy in the form of a file. */
    private String listed() throws IOException {
        return RuntimeApiClient.ask(
                        rig().data().resolve("admin.sock"),
                        "show ssl crt-list " + rig().data().resolve("certificates.list"))
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .sorted()
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(rig().data().resolve("certificates"))) {
            return files.toList();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
