package io.interlock.haproxy.render.map;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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

/**
 * Host names by regular expression, catch-all hosts, routes with conditions and priorities, on each available HAProxy.
 */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class RouteRulesTest {

    @TempDir
    Path folder;

    private final Path binary;
    private final Map<String, OriginServer> origins = new LinkedHashMap<>();
    private long revision;
    private HaproxyFixture rig;

    RouteRulesTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void start() throws Exception {
        for (String name : List.of("main", "canary", "api", "other")) {
            origins.put(name, new OriginServer(name));
        }
        rig = new HaproxyFixture(
                folder.resolve("rig"), PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty());
    }

    @AfterEach
    void close() {
        rig.close();
        origins.values().forEach(OriginServer::close);
    }

    @Test
    void aRequestThatMeetsAConditionGoesWhereThatLeads() throws Exception {
        apply(host(
                "www.example.com",
                Route.toBackend("main"),
                route(
                        "/",
                        "canary",
                        new RouteCondition.Header("X-Canary", Optional.of("it's 100% \"you\" # $HOME \\n"))),
                route("/", "api", new RouteCondition.Cookie("release", Optional.of("next"))),
                route("/", "other", new RouteCondition.Query("v", Optional.of("2")))));

        assertThat(get("/")).isEqualTo("main");
        assertThat(get("/", "X-Canary: it's 100% \"you\" # $HOME \\n")).isEqualTo("canary");
        assertThat(get("/", "X-Canary: it's")).isEqualTo("main");
        assertThat(get("/x", "Cookie: a=b; release=next")).isEqualTo("api");
        assertThat(get("/", "Cookie: release=nextx")).isEqualTo("main");
        assertThat(get("/x?a=b&v=2")).isEqualTo("other");
        assertThat(get("/x?a=b&v=22")).isEqualTo("main");
    }

    /** As entries of a map, and as rules because of a route with a condition. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onePathAloneWinsOverPrefixesAndIsComparedInItsNormalForm(boolean hasConditions) throws Exception {
        List<Route> routes = new ArrayList<>(List.of(
                route("/a", "main"),
                route("/a", "api", new RouteCondition.ExactPath(false)),
                route("/a", "other", new RouteCondition.ExactPath(true)),
                route("/a/b", "canary", new RouteCondition.ExactPath(false)),
                route("/", "other", new RouteCondition.ExactPath(true))));
        if (hasConditions) {
            routes.add(route("/", "canary", new RouteCondition.Header("X-Canary", Optional.empty())));
        }
        apply(host("www.example.com", routes.toArray(Route[]::new)));

        assertThat(get("/a")).isEqualTo("api");
        assertThat(get("/a?x=/a/b")).isEqualTo("api");
        assertThat(get("/x/../%61")).isEqualTo("api");
        assertThat(get("/a/")).isEqualTo("other");
        assertThat(get("//a/.//")).isEqualTo("other");
        assertThat(get("/a/b")).isEqualTo("canary");
        assertThat(get("/a/%62")).isEqualTo("canary");
        assertThat(get("/a/b/")).isEqualTo("main");
        assertThat(get("/a/b/c")).isEqualTo("main");
        assertThat(get("/a/bc")).isEqualTo("main");
        assertThat(get("/")).isEqualTo("other");
        assertThat(rig.get("www.example.com", "/b").status()).isEqualTo(503);
        assertThat(rig.get("www.example.com", "/A").status()).isEqualTo(503);
        assertThat(rig.get("www.example.com", "/a/b;v=1").status()).isEqualTo(400);
        assertThat(rig.get("www.example.com", "/a/%3F").status()).isEqualTo(400);
    }

    @Test
    void expressionsMatchTheWholePathInItsNormalForm() throws Exception {
        apply(host(
                "www.example.com",
                Route.toBackend("main"),
                route("/", "api", paths("/api/v[0-9]+/.*", ".*\\.php")),
                route("/img", "canary", paths("/img/[^/]+\\.(png|jpg)")),
                route("/x", "other", new RouteCondition.ExactPath(false), paths("/x"))));

        Map<String, String> backends = new TreeMap<>(Map.of(
                "/api/v1/x",
                "api",
                "/api/v1/",
                "api",
                "/api/v1",
                "main",
                "/api/v/x",
                "main",
                "/a/%61pi.php",
                "api",
                "/a/../api/v22/",
                "api",
                "/a.phpx",
                "main",
                "/x",
                "other",
                "/x/",
                "main",
                "/A.PHP",
                "main"));
        backends.putAll(Map.of(
                "/a.php?x=/",
                "api",
                "/?x=a.php",
                "main",
                "/img/a.png",
                "canary",
                "/img/a/b.png",
                "main",
                "/img/a.gif",
                "main",
                "/img/x.php",
                "api",
                "/api/v1/" + "x".repeat(1_016),
                "api"));
        for (Map.Entry<String, String> expected : backends.entrySet()) {
            assertThat(get(expected.getKey())).as(expected.getKey()).isEqualTo(expected.getValue());
        }
        // Whoever cuts parameters off would see a path of another route.
        assertThat(rig.get("www.example.com", "/api/v1;v=1/x").status()).isEqualTo(400);
        assertThat(rig.get("www.example.com", "/a.php;v=1").status()).isEqualTo(400);
        assertThat(get("/api/v1/x;v=1")).isEqualTo("api");
        // Nobody gets past a route by a longer path than its expressions are tried with.
        assertThat(rig.get("www.example.com", "/api/v1/" + "x".repeat(1_017)).status())
                .isEqualTo(414);
    }

    private static RouteCondition paths(String... expressions) {
        return new RouteCondition.Path(
                Stream.of(expressions).map(PathExpression::new).toList());
    }

    @Test
    void onePathAloneIsAddedAndRemovedWithoutAReload() throws Exception {
        VirtualHost before = host("www.example.com", Route.toBackend("main"), route("/x", "canary"));
        apply(before);
        int reloads = rig.reloads();

        apply(host(
                "www.example.com",
                Route.toBackend("main"),
                route("/x", "canary"),
                route("/x", "api", new RouteCondition.ExactPath(false))));
        assertThat(get("/x")).isEqualTo("api");
        assertThat(get("/x/y")).isEqualTo("canary");

        apply(before);
        assertThat(get("/x")).isEqualTo("canary");
        assertThat(rig.reloads()).isEqualTo(reloads);
    }

    @Test
    void conditionsMayAskForPresenceMethodsAndClients() throws Exception {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < 199; i++) {
            ranges.add(AddressRange.of("2001:db8:" + i + "::/48"));
        }
        List<AddressRange> withLoopback = new ArrayList<>(ranges);
        withLoopback.add(AddressRange.of("127.0.0.0/8"));
        apply(
                host(
                        "www.example.com",
                        Route.toBackend("main"),
                        route(
                                "/",
                                "canary",
                                new RouteCondition.Header("X-Canary", Optional.empty()),
                                new RouteCondition.Method(List.of("GET", "PUT"))),
                        route("/x", "other", new RouteCondition.Method(List.of("POST")))),
                host(
                        "near.example.com",
                        Route.toBackend("main"),
                        route("/", "api", new RouteCondition.Client(withLoopback))),
                host("far.example.com", Route.toBackend("main"), route("/", "api", new RouteCondition.Client(ranges))));

        assertThat(get("/", "X-Canary: any")).isEqualTo("canary");
        assertThat(get("/")).isEqualTo("main");
        assertThat(HttpConnection.post(rig.port, "www.example.com", "/x/y", "body")
                        .body())
                .startsWith("other");
        assertThat(HttpConnection.post(rig.port, "www.example.com", "/xy", "body")
                        .body())
                .startsWith("main");
        assertThat(from("near.example.com", "/")).isEqualTo("api");
        assertThat(from("far.example.com", "/")).isEqualTo("main");
    }

    @Test
    void priorityComesBeforeTheLongerPathAndThatBeforeTheNumberOfConditions() throws Exception {
        RouteCondition canary = new RouteCondition.Header("X-Canary", Optional.of("yes"));
        apply(host(
                "www.example.com",
                Route.toBackend("main"),
                new Route("/api", List.of(), 0, "api"),
                new Route("/", List.of(canary), 0, "canary"),
                new Route("/", List.of(new RouteCondition.Header("X-Urgent", Optional.of("yes"))), 5, "other")));

        assertThat(get("/api/x")).isEqualTo("api");
        assertThat(get("/api/x", "X-Canary: yes")).isEqualTo("api");
        assertThat(get("/x", "X-Canary: yes")).isEqualTo("canary");
        assertThat(get("/api/x", "X-Urgent: yes")).isEqualTo("other");
        assertThat(get("/apix")).isEqualTo("main");
    }

    @Test
    void amongEqualRoutesTheFirstOneWins() throws Exception {
        RouteCondition one = new RouteCondition.Header("X-One", Optional.empty());
        RouteCondition two = new RouteCondition.Header("X-Two", Optional.empty());
        apply(host("www.example.com", Route.toBackend("main"), route("/", "other", two), route("/", "api", one)));

        assertThat(get("/", "X-One: 1", "X-Two: 2")).isEqualTo("other");
        assertThat(get("/", "X-One: 1")).isEqualTo("api");
    }

    @Test
    void exactNamesComeBeforeWildcardsThoseBeforeExpressionsAndThoseBeforeTheRest() throws Exception {
        apply(
                host("pr-1.example.com", Route.toBackend("main")),
                host("*.wild.example.com", Route.toBackend("other")),
                host("~^[a-z0-9.-]+\\.example\\.com$", Route.toBackend("api")),
                host("~^pr-[0-9]{1,3}(a|bc)?\\.example\\.com$", Route.toBackend("canary")),
                host("*", Route.toBackend("main"), new Route("/api", "api")));

        assertThat(from("pr-1.example.com", "/")).isEqualTo("main");
        assertThat(from("PR-22.example.com:80", "/x")).isEqualTo("canary");
        assertThat(from("pr-22bc.example.com.", "/x")).isEqualTo("canary");
        assertThat(from("pr-2222.example.com", "/")).isEqualTo("api");
        assertThat(from("pr-22xexample.com", "/")).isEqualTo("main");
        assertThat(from("pr-3.wild.example.com", "/")).isEqualTo("other");
        assertThat(from("anybody.org", "/")).isEqualTo("main");
        assertThat(from("anybody.org", "/api/x")).isEqualTo("api");
        assertThat(from("[::1]:80", "/")).isEqualTo("main");
        assertThat(rig.get("*", "/").status()).isEqualTo(400);
    }

    @Test
    void aHostThatIsLongerThanANameMeetsNoExpression() throws Exception {
        apply(host("www.example.com", Route.toBackend("main")), host("~^a+\\.example\\.com$", Route.toBackend("api")));
        String longest = "a".repeat(241) + ".example.com";

        assertThat(from(longest, "/")).isEqualTo("api");
        assertThat(from(longest + ":80", "/")).isEqualTo("api");
        assertThat(rig.get("a" + longest, "/").status()).isEqualTo(400);
        assertThat(rig.get("a".repeat(14_000), "/").status()).isEqualTo(400);
        assertThat(from("www.example.com", "/")).isEqualTo("main");
    }

    @Test
    void whoeverAsksForAllNamesComesAndGoesWithoutAReload() throws Exception {
        apply(host("www.example.com", Route.toBackend("main")));
        assertThat(rig.get("anybody.org", "/").status()).isEqualTo(503);

        assertThat(how(apply(host("www.example.com", Route.toBackend("main")), host("*", Route.toBackend("other")))))
                .isEqualTo(ApplyMethod.RUNTIME);
        assertThat(from("anybody.org", "/")).isEqualTo("other");

        int before = rig.reloads();
        apply(host("www.example.com", Route.toBackend("main")));
        assertThat(rig.reloads()).isEqualTo(before);
    }

    @Test
    void aCanaryTakesAReloadAndItsServersDoNot() throws Exception {
        RouteCondition canary = new RouteCondition.Header("X-Canary", Optional.of("yes"));
        VirtualHost plain = host("www.example.com", Route.toBackend("main"));
        VirtualHost split = host("www.example.com", Route.toBackend("main"), route("/", "canary", canary));
        apply(plain);

        assertThat(how(apply(split))).isEqualTo(ApplyMethod.RELOAD);
        assertThat(get("/", "X-Canary: yes")).isEqualTo("canary");
        // The backend then moves to a spare place, and the rule must follow.
        Topology changed = new Topology(
                List.of(split),
                List.of(
                        backend("main", List.of(), origin("main")),
                        backend("canary", List.of(), origin("other"), origin("api"))));
        assertThat(how(rig.apply(new TopologySnapshot(++revision, changed)))).isEqualTo(ApplyMethod.RUNTIME);
        await().until(() -> !get("/", "X-Canary: yes").equals("canary"));
        assertThat(get("/", "X-Canary: no")).isEqualTo("main");

        apply(plain);
        assertThat(get("/", "X-Canary: yes")).isEqualTo("main");
    }

    @Test
    void aControllerThatTakesOverKnowsTheRules() throws Exception {
        RouteCondition canary = new RouteCondition.Header("X-Canary", Optional.of("yes"));
        VirtualHost split = host("www.example.com", Route.toBackend("main"), route("/", "canary", canary));
        apply(split);
        int before = rig.reloads();
        rig.loseController();

        apply(split);

        assertThat(rig.reloads()).isEqualTo(before);
        assertThat(get("/", "X-Canary: yes")).isEqualTo("canary");
    }

    @Test
    void backupsServeTogetherWhileTheOthersCannotAndOnlyThen() throws Exception {
        OriginServer spare = origin("other");
        Server backup = asBackup(LoopbackTopologies.server("spare", spare.port()));
        applyServers(List.of(LoopbackTopologies.server("web", port("main")), backup));
        for (int i = 0; i < 5; i++) {
            assertThat(get("/")).isEqualTo("main");
        }

        assertThat(how(applyServers(List.of(
                        LoopbackTopologies.server("web", port("main")),
                        backup,
                        asBackup(LoopbackTopologies.server("more", port("api")))))))
                .isEqualTo(ApplyMethod.RUNTIME);
        assertThat(rig.stats().orElseThrow().backends())
                .filteredOn(backend -> backend.name().equals("main"))
                .flatExtracting(BackendStats::servers)
                .extracting(ServerStats::name)
                .containsExactlyInAnyOrder("more", "spare", "web");
        origin("main").close();

        Set<String> served = new HashSet<>();
        await().until(() -> {
            served.add(get("/"));
            return served.containsAll(List.of("other", "api"));
        });
    }

    @Test
    void aChecksStatusHeadersAndThresholdsDecideWhetherAServerIsGood() throws Exception {
        HealthCheck strict = new HealthCheck.Http(
                "GET",
                "/ill",
                Optional.of(new HostName("www.example.com")),
                List.of(HeaderChange.set("X-Check", "100% 'sure'")),
                new HealthCheck.Statuses(500, 500));
        BackendPolicy thresholds = new BackendPolicy.CheckThresholds(2, 3);
        BackendPolicy slow = new BackendPolicy.SlowStart(Duration.ofSeconds(1));
        Server ill = fast(LoopbackTopologies.server("web", port("main")));
        Topology topology = new Topology(
                List.of(host("www.example.com", Route.toBackend("main"))),
                List.of(new Backend("main", List.of(ill), strict, List.of(), List.of(thresholds, slow))));
        assertThat(rig.apply(new TopologySnapshot(++revision, topology))).isInstanceOf(Applied.class);

        await().until(() -> rig.get("www.example.com", "/").status() == 200);
        await().until(() -> origin("main").requests().stream().anyMatch(request -> request.startsWith("GET /ill")));

        Topology more = new Topology(
                topology.virtualHosts(),
                List.of(new Backend(
                        "main",
                        List.of(ill, fast(LoopbackTopologies.server("web2", port("api")))),
                        strict,
                        List.of(),
                        List.of(thresholds, slow))));
        assertThat(how(rig.apply(new TopologySnapshot(++revision, more)))).isEqualTo(ApplyMethod.RUNTIME);
        await().until(() -> get("/").equals("api"));
    }

    private static Server fast(Server server) {
        return new Server(
                server.id(),
                server.name(),
                server.address(),
                server.port(),
                server.state(),
                Duration.ofMillis(100),
                1,
                false);
    }

    private static Server asBackup(Server server) {
        return new Server(
                server.id(),
                server.name(),
                server.address(),
                server.port(),
                server.state(),
                Duration.ofMillis(200),
                1,
                true);
    }

    private ApplyResult applyServers(List<Server> servers) throws Exception {
        return rig.apply(new TopologySnapshot(
                ++revision,
                new Topology(
                        List.of(host("www.example.com", Route.toBackend("main"))),
                        List.of(new Backend("main", servers, new HealthCheck.Tcp(), List.of())))));
    }

    private OriginServer origin(String name) {
        return Objects.requireNonNull(origins.get(name));
    }

    private int port(String origin) {
        return origin(origin).port();
    }

    private String get(String path, String... headers) throws IOException {
        return name(rig.get("www.example.com", path, headers));
    }

    private String from(String host, String path) throws IOException {
        return name(rig.get(host, path));
    }

    private static String name(HttpConnection.Response response) {
        return response.body().split(" ", 2)[0].strip();
    }

    private static ApplyMethod how(ApplyResult result) {
        return ((Applied) result).how();
    }

    private static Route route(String path, String backend, RouteCondition... conditions) {
        return new Route(path, List.of(conditions), 0, backend);
    }

    private static VirtualHost host(String name, Route... routes) {
        return new VirtualHost(List.of(new HostName(name)), List.of(routes));
    }

    private static Backend backend(String name, List<BackendPolicy> policies, OriginServer... servers) {
        return new Backend(
                name,
                Stream.of(servers)
                        .map(origin -> LoopbackTopologies.server("web-" + origin.port(), origin.port()))
                        .toList(),
                new HealthCheck.Tcp(),
                List.of(),
                policies);
    }

    /** Applies a topology with all backends, whichever hosts lead to them. */
    private ApplyResult apply(VirtualHost... hosts) throws Exception {
        List<Backend> backends = new ArrayList<>();
        origins.forEach((name, origin) -> backends.add(backend(name, List.of(), origin)));
        ApplyResult result = rig.apply(new TopologySnapshot(++revision, new Topology(List.of(hosts), backends)));
        assertThat(result).isInstanceOfAny(Applied.class, Unchanged.class);
        return result;
    }
}
