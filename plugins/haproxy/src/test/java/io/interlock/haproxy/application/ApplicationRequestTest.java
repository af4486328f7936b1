package io.interlock.haproxy.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that applications read requests as HAProxy did: whenever an application says that its protected part answers, the request has
 * passed the rules of the protected route; and what Interlock says about a client arrives once, whatever the client says.
 */
@Timeout(1_800)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ApplicationRequestTest {

    private static final boolean IS_THOROUGH = Integer.getInteger("interlock.test.rounds", 0) > 0;
    private static final int REQUESTS = IS_THOROUGH ? 24_000 : 600;
    private static final int HEADERS = IS_THOROUGH ? 6_000 : 300;

    private static final String PROXIED_CLIENT = "192.0.2.7";
    private static final String PASSED = "HTTP_X_PASSED";

    private static final List<String> VOUCHED = List.of(
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-User",
            "X-Forwarded-Ssl",
            "X-Forwarded-Protocol",
            "X-Real-IP",
            "Forwarded",
            "X-Client-Certificate-Subject",
            "X-Client-Certificate-Verified",
            "X-Passed",
            "Proxy");
    private static final List<String> VALUES = List.of(
            "10.9.9.9",
            "10.9.9.9, unknown",
            "127.0.0.1",
            "::1",
            "https",
            "on",
            "ssl",
            "",
            "no",
            "for=10.9.9.9;proto=https;host=evil.example",
            "CN=admin",
            "evil.example:81",
            "\"",
            "\u00e9");

    @TempDir
    static Path applicationFolder;

    private static List<ApplicationServer> applications = List.of();

    @TempDir
    Path folder;

    private final Path binary;
    private final Map<String, RequestClient> clients = new LinkedHashMap<>();
    private final List<HaproxyFixture> started = new ArrayList<>();

    ApplicationRequestTest(Path binary) {
        this.binary = binary;
    }

    @BeforeAll
    static void startApplications() throws Exception {
        applications = ApplicationServer.startAll(applicationFolder);
    }

    @AfterAll
    static void endApplications() throws Exception {
        for (ApplicationServer application : applications) {
            application.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        if (clients.get("http3") instanceof Http3RequestClient client) {
            client.close();
        }
        for (HaproxyFixture haproxy : started) {
            haproxy.close();
        }
    }

    @Test
    void noSpellingLeadsToAProtectedPartPastTheRulesOfItsRoute() throws Exception {
        startAll();
        long seed = Long.getLong("interlock.test.seed", System.nanoTime());
        SpelledRequestGenerator requests = new SpelledRequestGenerator(seed);
        Map<String, Integer> unusual = new LinkedHashMap<>();
        Map<String, Integer> open = new LinkedHashMap<>();
        Set<RequestClient> answered = new LinkedHashSet<>();
        List<RequestClient> ways = List.copyOf(clients.values());
        for (int i = 0; i < REQUESTS; i++) {
            ApplicationServer application = applications.get(i % applications.size());
            RequestClient client = ways.get(i / applications.size() % ways.size());
            SpelledRequest request = requests.next(application);
            ApplicationAnswer answer = client.at(application.openHost()).ask(request);
            if (answer.isProtected()) {
                assertThat(answer.values(PASSED))
                        .as("seed %d, request %d to %s over %s: %s", seed, i, application.name(), client, request)
                        .containsExactly("yes");
                if (!request.target().startsWith(ApplicationServer.ADMIN)) {
                    unusual.merge(application.name(), 1, Integer::sum);
                }
            }
            if (answer.isOpen()) {
                open.merge(application.name(), 1, Integer::sum);
                answered.add(client);
            }
        }
        assertThat(unusual).as("seed %d", seed).hasSameSizeAs(applications);
        assertThat(open).as("seed %d", seed).hasSameSizeAs(applications);
        assertThat(answered).as("seed %d", seed).hasSameSizeAs(ways);
    }

    @Test
    void whatInterlockSaysAboutAClientArrivesOnceAndNobodyElseSaysIt() throws Exception {
        startAll();
        long seed = Long.getLong("interlock.test.seed", System.nanoTime());
        SpelledRequestGenerator requests = new SpelledRequestGenerator(seed);
        List<ApplicationServer> shown =
                applications.stream().filter(ApplicationServer::showsHeaders).toList();
        int answered = 0;
        for (int i = 0; i < HEADERS; i++) {
            ApplicationServer application = shown.get(i % shown.size());
            List<String> ways = List.copyOf(clients.keySet());
            String way = ways.get(i / shown.size() % ways.size());
            SpelledRequest request = new SpelledRequest(
                    i % 2 == 0 ? "1.1" : "2",
                    ApplicationServer.ADMIN,
                    List.of(application.openHost()),
                    List.of(requests.header(VOUCHED, VALUES), requests.header(VOUCHED, VALUES)));
            ApplicationAnswer answer = client(way, application).ask(request);
            if (answer.status() == 200) {
                answered++;
                assertThat(vouched(answer))
                        .as("seed %d, request %d to %s, %s: %s%n%s", seed, i, application.name(), way, request, answer)
                        .containsExactlyInAnyOrderElementsOf(expected(way, application));
            }
        }
        assertThat(answered).as("seed %d", seed).isGreaterThan(HEADERS / 4);
    }

    private static List<String> vouched(ApplicationAnswer answer) {
        return answer.lines().stream()
                .filter(line -> line.matches(
                        "(HTTP_(X_FORWARDED|X_REAL|FORWARDED|X_CLIENT_CERT|X_PASSED|PROXY|REMOTE)|CLIENT=|SCHEME=).*"))
                .map(String::strip)
                .toList();
    }

    private static List<String> expected(String way, ApplicationServer application) {
        String client = way.equals("proxied") ? PROXIED_CLIENT : "127.0.0.1";
        String scheme = List.of("tls", "http3").contains(way) ? "https" : "http";
        List<String> all = new ArrayList<>(List.of(PASSED + "=yes", "HTTP_X_FORWARDED_PROTO=" + scheme));
        if (application instanceof TomcatApplication) {
            // It takes the address from the header, which it removes.
            all.add("CLIENT=" + client);
        } else {
            all.add("HTTP_X_FORWARDED_FOR=" + client);
        }
        if (!(application instanceof ApacheApplication)) {
            all.add("SCHEME=" + scheme);
        }
        return all;
    }

    private RequestClient client(String way, ApplicationServer application) {
        return Optional.ofNullable(clients.get(way)).orElseThrow().at(application.openHost());
    }

    /** Starts HAProxy with plain and encrypted connections of clients, QUIC if it can, and with one that a proxy with its protocol passes on. */
    private void startAll() throws Exception {
        boolean hasQuic = HaproxyBinary.find(Optional.of(binary)).hasQuic();
        int tlsPort = PortAllocator.next();
        HaproxyFixture direct = start(
                "direct",
                ListenerSettings.DEFAULT,
                Optional.of(new TlsSettings(
                        tlsPort, tlsPort, TlsVersion.TLS_1_2, Optional.empty(), PlainHttp.SERVED, hasQuic, true)));
        HaproxyFixture proxied = start(
                "proxied",
                new ListenerSettings(List.of(AddressRange.of("127.0.0.0/8")), true, LogFormat.TEXT, Optional.empty()),
                Optional.empty());
        clients.put("plain", new RawRequestClient(direct.port, "", ""));
        clients.put(
                "tls", new RawRequestClient(tlsPort, "", applications.getFirst().openHost()));
        if (hasQuic) {
            clients.put("http3", new Http3RequestClient(tlsPort));
        }
        clients.put(
                "proxied",
                new RawRequestClient(proxied.port, "PROXY TCP4 " + PROXIED_CLIENT + " 127.0.0.1 4711 80\r\n", ""));
    }

    private HaproxyFixture start(String name, ListenerSettings listeners, Optional<TlsSettings> tls) throws Exception {
        HaproxyFixture haproxy = new HaproxyFixture(
                folder.resolve(name),
                HaproxyFixture.withBinary(binary),
                usual -> new ProxySettings(
                        usual.port(),
                        usual.connectTimeout(),
                        usual.serverTimeout(),
                        usual.clientTimeout(),
                        usual.maxConnections(),
                        usual.syslogAddress(),
                        usual.configPath(),
                        usual.pidPath(),
                        Optional.empty(),
                        tls,
                        listeners));
        started.add(haproxy);
        Topology topology = topology();
        if (tls.isPresent()) {
            topology = topology.with(new TlsMaterial(List.of(certificate(name)), List.of()));
        }
        assertThat(haproxy.apply(new TopologySnapshot(1, topology))).isInstanceOf(Applied.class);
        return haproxy;
    }

    private Certificate certificate(String name) throws IOException {
        String[] hosts = applications.stream().map(ApplicationServer::openHost).toArray(String[]::new);
        Path file = new OpensslCertificates(folder.resolve(name + "-pems")).selfSigned("all.pem", hosts);
        return new Certificate(
                "all",
                file,
                Files.size(file),
                List.of(hosts).stream().map(HostName::of).toList(),
                Optional.empty());
    }

    private static Topology topology() {
        List<VirtualHost> hosts = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        for (ApplicationServer application : applications) {
            String open = application.name();
            String secret = application.name() + "-secret";
            hosts.add(new VirtualHost(
                    List.of(HostName.of(application.openHost())),
                    List.of(new Route("/", open), new Route(ApplicationServer.ADMIN, secret))));
            hosts.add(
                    new VirtualHost(List.of(HostName.of(application.secretHost())), List.of(Route.toBackend(secret))));
            backends.add(backend(open, application, List.of()));
            backends.add(backend(
                    secret,
                    application,
                    List.of(new BackendPolicy.RequestHeaders(List.of(HeaderChange.set("X-Passed", "yes"))))));
        }
        return new Topology(hosts, backends);
    }

    private static Backend backend(String name, ApplicationServer application, List<BackendPolicy> policies) {
        return new Backend(
                name,
                List.of(LoopbackTopologies.server("web", application.port())),
                new HealthCheck.Tcp(),
                List.of(),
                policies);
    }
}
