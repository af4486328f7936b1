package io.interlock.haproxy.apply;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.haproxy.HaproxyFactory;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Values that satisfy every grammar and that HAProxy refuses, on each available HAProxy. Templates place the values
 * where only some of them are valid.
 */
@Timeout(180)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class RefusalHandlerTest {

    private static final int MANY = 1000;

    /** Number of hosts in tests in which each bad value needs its own search; a thousand takes long. */
    private static final int FEWER = Integer.getInteger("interlock.test.searched", 100);

    private static final String SERVER_LINE = "server {{name}} {{address}} {{{parameters}}}";

    /** More seconds than HAProxy can count. */
    private static final long WRONG_INTERVAL = 3_000_000;

    private static final long RIGHT_INTERVAL = 5_000;

    private final Path binary;

    @TempDir
    Path folder;

    private final SortedMap<String, Backend> backends = new TreeMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ListAppender<ILoggingEvent> examinations = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getMessage().startsWith("left out after HAProxy refused")) {
                super.append(event);
            }
        }
    };
    private OriginServer origin;
    private Path template;
    private HaproxyFixture rig;

    RefusalHandlerTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        examinations.start();
        logger().setLevel(Level.WARN);
        logger().addAppender(examinations);
        origin = opened(new OriginServer("one"));
        template = folder.resolve("own.mustache");
        Files.writeString(template, builtIn());
        rig = opened(new HaproxyFixture(
                folder.resolve("rig"), PortAllocator.next(), config(binary, template), Optional.empty()));
    }

    @AfterEach
    void close() throws Exception {
        logger().detachAppender(examinations);
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aServerThatIsRefusedIsLeftOutAloneAndComesBackWhenItChanges() throws Exception {
        intervalsInSeconds();
        put("a.com", List.of(), server("good", RIGHT_INTERVAL), server("bad", WRONG_INTERVAL));
        put("b.com", List.of(), server("good", RIGHT_INTERVAL));

        Applied applied = applied();

        assertThat(applied.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.backendName()).isEqualTo("a_com");
            assertThat(omission.serverId()).contains("bad");
            assertThat(omission.field()).isEqualTo("server");
            assertThat(omission.value()).isEqualTo("bad at 127.0.0.1, port " + origin.port());
            assertThat(omission.reason()).contains("until it changes", "timer overflow");
        });
        assertThat(rig.get("a.com", "/").status()).isEqualTo(200);
        assertThat(rig.get("b.com", "/").status()).isEqualTo(200);

        assertThat(apply()).isEqualTo(new Unchanged(applied.omissions()));
        put("c.com", List.of(), server("good", RIGHT_INTERVAL));
        assertThat(applied().omissions()).isEqualTo(applied.omissions());
        assertThat(checks()).as("what was refused is not tried again").hasSize(1);

        put("a.com", List.of(), server("good", RIGHT_INTERVAL), server("bad", RIGHT_INTERVAL + 1));
        assertThat(applied().omissions()).isEmpty();
        assertThat(Files.readString(rig.configFile())).contains("server bad ");
        assertThat(checks()).hasSize(1);
    }

    @Test
    void anOptionThatIsRefusedIsLeftOutAlone() throws Exception {
        Files.writeString(
                template,
                builtIn().replace("{{#directives}}\n    {{{.}}}\n", "{{#directives}}\n    {{{.}}} if-none\n"));
        put("a.com", List.of("forwardfor", "http-no-delay"), server("web", RIGHT_INTERVAL));
        put("b.com", List.of("forwardfor"), server("web", RIGHT_INTERVAL));

        assertThat(applied().omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.backendName()).isEqualTo("a_com");
            assertThat(omission.serverId()).isEmpty();
            assertThat(omission.field()).isEqualTo("backend_options");
            assertThat(omission.value()).isEqualTo("http-no-delay");
            assertThat(omission.reason()).contains("'option http-no-delay' cannot handle unexpected argument");
        });
        assertThat(rig.get("a.com", "/").status()).isEqualTo(200);
        assertThat(Files.readString(rig.configFile()))
                .contains("option forwardfor if-none")
                .doesNotContain("http-no-delay");
    }

    @Test
    void aCheckThatIsRefusedIsLeftOutWithAllItsLines() throws Exception {
        Files.writeString(
                template,
                builtIn().replace("{{#directives}}\n    {{{.}}}\n", "{{#directives}}\n    {{{.}}} if-none\n"));
        HealthCheck check = new HealthCheck.Http("GET", "/", Optional.empty());
        backends.put("a.com", new Backend("a_com", List.of(server("web", RIGHT_INTERVAL)), check, List.of()));

        assertThat(applied().omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("check");
            assertThat(omission.value()).isEqualTo("option httpchk; http-check send meth GET uri /");
        });
        assertThat(rig.get("a.com", "/").status()).isEqualTo(200);
        assertThat(Files.readString(rig.configFile())).doesNotContain("httpchk", "http-check");
    }

    @Test
    void aBackendThatIsRefusedIsLeftOutWithItsRoute() throws Exception {
        Files.writeString(
                template,
                builtIn()
                        .replace(
                                "backend {{name}}\n{{#directives}}",
                                "backend {{name}}\n    http-reuse {{name}}\n{{#directives}}"));
        put("always", List.of(), server("web", RIGHT_INTERVAL));
        put("www", List.of(), server("web", RIGHT_INTERVAL));

        assertThat(applied().omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.backendName()).isEqualTo("www");
            assertThat(omission.field()).isEqualTo("hostname");
            assertThat(omission.value()).isEqualTo("www");
            assertThat(omission.reason()).contains("'http-reuse' only supports");
        });
        assertThat(rig.get("always", "/").status()).isEqualTo(200);
        assertThat(rig.get("www", "/").status()).isEqualTo(503);
        assertThat(rig.data().resolve("hosts.map")).hasContent("always always");
    }

    @Test
    void whatHaproxyDoesNotNameIsFoundAllTheSame() throws Exception {
        unnamedIntervals();
        put("a.com", List.of(), server("good", RIGHT_INTERVAL));
        put("b.com", List.of(), server("good", RIGHT_INTERVAL), server("bad", WRONG_INTERVAL));

        assertThat(applied().omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.serverId()).contains("bad");
            assertThat(omission.reason()).contains("unable to find required use_backend: 'for" + WRONG_INTERVAL);
        });
        assertThat(rig.get("b.com", "/").status()).isEqualTo(200);
    }

    @Test
    void anotherTemplateHasEverythingTriedAgain() throws Exception {
        intervalsInSeconds();
        put("a.com", List.of(), server("good", RIGHT_INTERVAL), server("bad", WRONG_INTERVAL));
        assertThat(applied().omissions()).hasSize(1);

        Files.writeString(template, builtIn());

        assertThat(applied().omissions()).isEmpty();
    }

    @Test
    void aRestartedControllerFindsTheSameAndReloadsNothing() throws Exception {
        intervalsInSeconds();
        put("a.com", List.of(), server("good", RIGHT_INTERVAL), server("bad", WRONG_INTERVAL));
        List<Omission> omissions = applied().omissions();

        rig.loseController();

        assertThat(apply()).isEqualTo(new Unchanged(omissions));
        rig.master().destroyForcibly();
        await().until(() -> rig.applyRequests.get() > 0);
    }

    @Test
    void aTemplateThatIsWrongForEverybodyIsRejectedAfterAFewChecks() throws Exception {
        for (int i = 0; i < MANY; i++) {
            put("host" + i + ".com", List.of(), server("web", RIGHT_INTERVAL));
        }
        put("a.com", List.of(), server("web", RIGHT_INTERVAL));
        applied();
        String config = Files.readString(rig.configFile());

        Files.writeString(template, builtIn().replace(SERVER_LINE, SERVER_LINE + " nonsense"));

        assertThat(apply())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains(
                                        "unknown keyword 'nonsense'", rig.configFile() + ":", "in the line: server "));
        assertThat(checks()).isEmpty();
        assertThat(rig.configFile()).hasContent(config);
        assertThat(rig.get("a.com", "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void badOnesAmongAThousandTakeThreeChecksIfHaproxyNamesThem(int bad) throws Exception {
        intervalsInSeconds();

        assertThat(omittedAmong(MANY, bad)).hasSize(bad).doesNotHaveDuplicates();

        assertThat(checks()).as("one is for the template").containsExactly(3);
    }

    @Test
    void aBadOneAmongAThousandTakesThirteenChecksIfHaproxyDoesNotNameIt() throws Exception {
        unnamedIntervals();

        assertThat(omittedAmong(MANY, 1)).hasSize(1);

        assertChecks(1, 13);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void severalBadOnesTakeAsManyChecksAsIfEachWereTheOnlyOneIfHaproxyDoesNotNameThem(int bad) throws Exception {
        unnamedIntervals();

        assertThat(omittedAmong(FEWER, bad)).hasSize(bad).doesNotHaveDuplicates();

        assertChecks(bad, 1 + Integer.SIZE - Integer.numberOfLeadingZeros(4 * FEWER - 1));
    }

    /** Each search bisects the parts. Each host has four: backend, server, options. */
    private void assertChecks(int bad, int each) {
        // A further attempt starts with a check of everything, and the last search of the previous attempt found
        // nothing.
        int restarts = checks().size() - 1;
        assertThat(checks().stream().mapToInt(checks -> checks).sum())
                .isLessThanOrEqualTo(2 + each * bad + each * restarts);
    }

    private List<String> omittedAmong(int hosts, int bad) throws Exception {
        for (int i = 0; i < hosts; i++) {
            put("host" + i + ".com", List.of(), server("one", RIGHT_INTERVAL), server("two", RIGHT_INTERVAL));
        }
        for (int i = 0; i < bad; i++) {
            put(
                    "host" + i * (hosts / bad) + ".com",
                    List.of(),
                    server("one", RIGHT_INTERVAL),
                    server("bad", WRONG_INTERVAL));
        }
        ApplyResult result = apply();
        // A slow machine may need more time than one attempt has.
        while (result instanceof Failed) {
            result = apply();
        }
        List<Omission> omissions = ((Applied) result).omissions();
        assertThat(rig.get("host0.com", "/").status()).isEqualTo(200);
        assertThat(rig.get("host" + (hosts - 1) + ".com", "/").status()).isEqualTo(200);
        assertThat(omissions)
                .allSatisfy(omission -> assertThat(omission.serverId()).contains("bad"));
        return omissions.stream().map(Omission::backendName).toList();
    }

    private void intervalsInSeconds() throws Exception {
        Files.writeString(template, builtIn().replace(SERVER_LINE, SERVER_LINE + " inter {{checkInterval}}s"));
    }

    /** Makes HAProxy report an error in the listener. */
    private void unnamedIntervals() throws Exception {
        Files.writeString(
                template,
                builtIn()
                                .replace(
                                        "    default_backend",
                                        "{{#backends}}{{#servers}}    use_backend for{{checkInterval}} if { path /{{name}} }\n"
                                                + "{{/servers}}{{/backends}}    default_backend")
                        + "\nbackend for" + RIGHT_INTERVAL + "\n");
    }

    private void put(String host, List<String> options, Server... servers) {
        backends.put(
                host,
                new Backend(Backend.nameFor(HostName.of(host)), List.of(servers), new HealthCheck.Tcp(), options));
    }

    private Server server(String name, long interval) {
        return new Server(
                name,
                name,
                InetAddress.getLoopbackAddress(),
                origin.port(),
                ServerState.READY,
                Duration.ofMillis(interval));
    }

    private ApplyResult apply() throws InterruptedException {
        List<VirtualHost> hosts = backends.entrySet().stream()
                .map(entry -> new VirtualHost(
                        List.of(HostName.of(entry.getKey())),
                        List.of(Route.toBackend(entry.getValue().name()))))
                .toList();
        return rig.apply(new TopologySnapshot(1, new Topology(hosts, List.copyOf(backends.values()))));
    }

    private Applied applied() throws InterruptedException {
        ApplyResult result = apply();
        assertThat(result).isInstanceOf(Applied.class);
        return (Applied) result;
    }

    /** The number of checks in each examination. */
    private List<Integer> checks() {
        return examinations.list.stream()
                .map(event -> (Integer) event.getArgumentArray()[1])
                .toList();
    }

    private static String builtIn() throws Exception {
        try (var in = HaproxyFactory.class.getResourceAsStream("haproxy.cfg.mustache")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HaproxyConfig config(Path binary, Path template) {
        return HaproxyFixture.config(Map.of("binary", binary.toString(), "template_path", template.toString()));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("haproxy");
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
