package io.interlock.haproxy.runtime;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.testsupport.LoopbackTopologyBuilder;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RuntimeApiClient;
import io.interlock.testsupport.network.UnresponsivePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Changes of a running HAProxy, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class RuntimeUpdateTest {

    private static final String HOST = "www.example.com";

    private final Path binary;

    @TempDir
    Path folder;

    private final LoopbackTopologyBuilder fleet = new LoopbackTopologyBuilder();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getMessage().startsWith("HAProxy was found to differ")) {
                super.append(event);
            }
        }
    };
    private HaproxyFixture rig;
    private OriginServer one;
    private OriginServer two;

    RuntimeUpdateTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        warnings.start();
        logger().setLevel(Level.WARN);
        logger().addAppender(warnings);
        // The port stays free for another server of a test after the end of this one.
        one = opened(new OriginServer("one", PortAllocator.next()));
        two = opened(new OriginServer("two"));
        rig = opened(
                new HaproxyFixture(folder, PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty()));
        fleet.put(HOST, "one", one.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.START);
    }

    @AfterEach
    void close() throws Exception {
        logger().detachAppender(warnings);
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aServerMoreIsServedWithoutAReload() throws Exception {
        fleet.put(HOST, "two", two.port());

        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
        assertThat(reloads()).isZero();
    }

    @Test
    void aDrainingServerGetsNothingNewAndComesBackWhenItLivesOn() throws Exception {
        fleet.put(HOST, "two", two.port());
        apply();

        fleet.put(HOST, "one", one.port(), ServerState.DRAINING);
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(List.of(get(HOST), get(HOST), get(HOST), get(HOST))).containsOnly("two");

        fleet.put(HOST, "one", one.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
        assertThat(reloads()).isZero();
    }

    @Test
    void aServerThatDrainsInTheLoadedFileComesBackToo() throws Exception {
        fleet.put(HOST, "two", two.port()).put(HOST, "one", one.port(), ServerState.DRAINING);
        apply();
        await().until(() -> Files.readString(rig.configFile()).contains(" weight 0"));
        kill();
        assertThat(how(apply())).isEqualTo(ApplyMethod.START);
        assertThat(List.of(get(HOST), get(HOST), get(HOST), get(HOST))).containsOnly("two");

        fleet.put(HOST, "one", one.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
    }

    @Test
    void aServerWithARequestInFlightGoesWhenItIsDone() throws Exception {
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            client.send(HOST, "/slow");
            one.awaitSlowRequest();

            fleet.put(HOST, "two", two.port()).remove(HOST, "one");
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
            assertThat(List.of(get(HOST), get(HOST))).containsOnly("two");
            assertThat(servers("www_example_com")).contains(" one ", " two ");
            one.letSlowRequestsFinish();

            assertThat(client.read().status()).isEqualTo(200);
        }
        // HAProxy 2.6 keeps the idle connection for a while.
        for (int asked = 1; servers("www_example_com").contains(" one "); asked++) {
            int times = asked;
            await("its own request").atMost(Duration.ofMinutes(1)).until(() -> rig.applyRequests.get() >= times);
            assertThat(apply()).isInstanceOf(Unchanged.class);
        }
        assertThat(reloads()).isZero();
    }

    @Test
    void aServerThatCouldNotGoYetCanComeBack() throws Exception {
        fleet.put(HOST, "two", two.port());
        apply();
        try (HttpConnection client = HttpConnection.connect(rig.port)) {
            fleet.remove(HOST, "two");
            apply();
            client.send(HOST, "/slow");
            one.awaitSlowRequest();
            fleet.put(HOST, "two", two.port()).remove(HOST, "one");
            apply();

            fleet.put(HOST, "one", one.port());
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

            assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
            one.letSlowRequestsFinish();
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(reloads()).isZero();
    }

    @Test
    void aServerGetsAnotherAddressWithoutAReload() throws Exception {
        assertThat(get(HOST)).isEqualTo("one");

        fleet.put(HOST, "one", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

        assertThat(List.of(get(HOST), get(HOST))).containsOnly("two");
        assertThat(reloads()).isZero();
    }

    @Test
    void twoHundredScaleEventsTakeNoReloadAndLoseNoRequest() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (HttpLoadClient load = opened(HttpLoadClient.onMixedConnections(8, rig.port, HOST))) {
            for (int event = 0; event < 200; event++) {
                String server = "s" + random.nextInt(6);
                switch (random.nextInt(3)) {
                    case 0 -> fleet.put(HOST, server, two.port(), ServerState.DRAINING);
                    case 1 -> fleet.put(HOST, server, random.nextBoolean() ? one.port() : two.port());
                    default -> fleet.remove(HOST, server);
                }
                assertThat(rig.apply(fleet.snapshot()))
                        .as("seed " + seed)
                        .isInstanceOfAny(Applied.class, Unchanged.class);
            }
            load.awaitMore(100);
            assertThat(load.soFar().requestFailures()).as("seed " + seed).isEmpty();
        }
        assertThat(warnings.list).as("seed " + seed).isEmpty();
        assertThat(reloads()).as("seed " + seed).isZero();
    }

    @Test
    void aServerThatDiesCostsNoRequest() throws Exception {
        fleet.put(HOST, "two", two.port());
        apply();
        try (HttpLoadClient load = opened(HttpLoadClient.onMixedConnections(8, rig.port, HOST))) {
            load.awaitMore(100);
            one.close();
            load.awaitMore(300);
            assertThat(load.soFar().requestFailures()).isEmpty();
        }
        await().until(() -> status(HOST).contains("one,DOWN"));
    }

    @Test
    void anAddressThatAnswersNothingCostsNoRequest() throws Exception {
        try (UnresponsivePort hole = new UnresponsivePort();
                HttpLoadClient load = opened(HttpLoadClient.onMixedConnections(8, rig.port, HOST))) {
            load.awaitMore(100);
            fleet.put(HOST, "hole", hole.port());
            apply();
            load.awaitMore(300);
            assertThat(load.soFar().requestFailures()).isEmpty();
            await().until(() -> status(HOST).contains("hole,DOWN"));
        }
    }

    @Test
    void aHundredNewHostsTakeAtMostTwoReloads() throws Exception {
        for (int i = 0; i < 100; i++) {
            String host = "new" + i + ".example.com";
            fleet.put(host, "web", two.port());
            assertThat(rig.apply(fleet.snapshot())).isInstanceOf(Applied.class);
            assertThat(get(host)).as(host).isEqualTo("two");
        }
        assertThat(reloads()).isLessThanOrEqualTo(2);
        assertThat(warnings.list).isEmpty();
    }

    @Test
    void aHundredNewHostsWithChecksAndOptionsOfTheirOwnTakeAtMostTwoReloads() throws Exception {
        for (int i = 0; i < 100; i++) {
            String host = "new" + i + ".example.com";
            switch (i % 4) {
                case 0 -> {}
                case 1 -> fleet.with(host, httpCheck("/health", Optional.empty()));
                case 2 -> fleet.with(host, httpCheck("/health/" + i, Optional.of(host)));
                default -> fleet.with(host, httpCheck("/", Optional.empty()), "http-no-delay", "forceclose");
            }
            fleet.put(host, "web", two.port());
            assertThat(rig.apply(fleet.snapshot())).isInstanceOf(Applied.class);
            assertThat(get(host)).as(host).isEqualTo("two");
        }
        assertThat(reloads()).isLessThanOrEqualTo(2);
        assertThat(warnings.list).isEmpty();
        await().until(() ->
                two.requests().containsAll(List.of("GET /health for null", "GET /health/98 for new98.example.com")));
    }

    @Test
    void whatACheckAsksForChangesWithoutAReload() throws Exception {
        fleet.with("foo.com", httpCheck("/health?full=1;#a", Optional.empty())).put("foo.com", "two", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        await().until(() -> two.requests().contains("GET /health?full=1;#a for null"));

        fleet.with("foo.com", httpCheck("/ill", Optional.empty())).put("foo.com", "two", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

        await().until(() -> command("show stat")
                .lines()
                .anyMatch(line -> line.matches("(interlock\\.spare-[0-9]+|foo_com),two,.*,DOWN,.*")));
        assertThat(reloads()).isZero();
    }

    @Test
    void anotherCheckIntervalTakesNoReloadAndLosesNoRequest() throws Exception {
        try (HttpLoadClient load = opened(HttpLoadClient.onMixedConnections(8, rig.port, HOST))) {
            load.awaitMore(100);
            for (int seconds : List.of(7, 5, 9, 7, 5)) {
                fleet.put(HOST, "one", one.port(), ServerState.READY, Duration.ofSeconds(seconds));
                assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
                load.awaitMore(50);
            }
            assertThat(load.soFar().requestFailures()).isEmpty();
        }
        assertThat(reloads()).isZero();
        assertThat(warnings.list).isEmpty();
    }

    @Test
    void requestsWaitForTheOnlyServerOfANameWhileItIsReplaced() throws Exception {
        fleet.remove(HOST);
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        one.close();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpConnection.Response>> responses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String path = "/" + i;
                responses.add(clients.submit(() -> HttpConnection.post(rig.port, HOST, path, "body")));
                responses.add(clients.submit(() -> rig.get(HOST, path)));
            }
            await().until(() -> waiting(HOST) >= 40);
            assertThat(responses).noneMatch(Future::isDone);

            fleet.put(HOST, "one", two.port());
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

            for (Future<HttpConnection.Response> response : responses) {
                assertThat(response.get().status()).isEqualTo(200);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(two.requests()).containsOnlyOnce("POST /" + i + " for " + HOST, "GET /" + i + " for " + HOST);
        }
        assertThat(reloads()).isZero();
        assertThat(warnings.list).isEmpty();
    }

    @Test
    void requestsWaitForTheOnlyServerOfANameWhileItsProcessRestarts() throws Exception {
        int port = one.port();
        one.close();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpConnection.Response>> responses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                responses.add(clients.submit(() -> HttpConnection.post(rig.port, HOST, "/", "body")));
            }
            await().until(() -> waiting(HOST) >= 20);

            OriginServer again = opened(new OriginServer("again", port));

            for (Future<HttpConnection.Response> response : responses) {
                assertThat(response.get().status()).isEqualTo(200);
            }
            assertThat(again.requests()).hasSize(20);
        }
    }

    @Test
    void whoWaitsTooLongIsToldAndAHostThatStaysAwayIsForgotten() throws Exception {
        fleet.remove(HOST);
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        int asked = rig.applyRequests.get();

        assertThat(rig.get(HOST, "/").status()).isEqualTo(503);

        await().until(() -> rig.applyRequests.get() > asked);
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(rig.get(HOST, "/").body()).contains("There is no route");
        assertThat(reloads()).isZero();
    }

    @Test
    void theOnlyServerOfANameIsAskedUntilItRefusesWhenItDrains() throws Exception {
        fleet.put(HOST, "one", one.port(), ServerState.DRAINING);
        apply();
        assertThat(get(HOST)).isEqualTo("one");

        fleet.put(HOST, "two", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);

        assertThat(List.of(get(HOST), get(HOST), get(HOST), get(HOST))).containsOnly("two");
    }

    @Test
    void oneRequestIsEnoughToFindAServerDeadThatIsHardlyEverChecked() throws Exception {
        fleet.put(HOST, "one", one.port(), ServerState.READY, Duration.ofHours(1))
                .put(HOST, "two", two.port());
        apply();
        await().until(() -> status(HOST).contains("UP"));
        one.close();

        assertThat(List.of(get(HOST), get(HOST))).containsOnly("two");

        await().until(() ->
                command("show stat").lines().anyMatch(line -> line.contains(",one") && line.contains(",DOWN,")));
    }

    @Test
    void theFirstWildcardAndTheFirstPathNeedNoReload() throws Exception {
        Topology before = fleet.snapshot().topology();
        List<VirtualHost> hosts = new ArrayList<>(before.virtualHosts());
        String backend = before.backends().getFirst().name();
        hosts.add(new VirtualHost(List.of(HostName.of("*.wild.example.org")), List.of(Route.toBackend(backend))));
        hosts.add(new VirtualHost(List.of(HostName.of("paths.com")), List.of(new Route("/api", backend))));

        assertThat(how(rig.apply(new TopologySnapshot(2, new Topology(hosts, before.backends())))))
                .isEqualTo(ApplyMethod.RUNTIME);

        assertThat(get("a.b.wild.example.org")).isEqualTo("one");
        assertThat(rig.get("paths.com", "/api/x").status()).isEqualTo(200);
        assertThat(rig.get("paths.com", "/").body()).contains("There is no route");
        assertThat(rig.get("wild.example.org", "/").body()).contains("There is no route");
        assertThat(reloads()).isZero();
    }

    @Test
    void aHostThatGoesGivesItsSpareBackendBack() throws Exception {
        for (int i = 0; i < 100; i++) {
            fleet.put("new" + i + ".example.com", "web", two.port());
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
            fleet.remove("new" + i + ".example.com");
            // Half of the hosts are removed before the next ones are added.
            if (i % 50 == 49) {
                String last = "new" + i + ".example.com";
                await().until(() -> {
                    apply();
                    return rig.get(last, "/").body().contains("There is no route");
                });
            }
        }
        assertThat(reloads()).isLessThanOrEqualTo(1);
    }

    /** The number of requests that HAProxy holds for a host. */
    private long waiting(String host) throws Exception {
        return command("show stat")
                .lines()
                .filter(line -> line.startsWith(host.replace('.', '_') + ",BACKEND,"))
                .mapToLong(line -> Long.parseLong(line.split(",")[4]))
                .sum();
    }

    private static HealthCheck httpCheck(String uri, Optional<String> host) {
        return new HealthCheck.Http("GET", uri, host.map(HostName::of));
    }

    @Test
    void whatSomebodyElseChangedIsMendedAndLogged() throws Exception {
        fleet.put(HOST, "two", two.port());
        apply();
        command("set server www_example_com/two state maint");

        ApplyResult mended = apply();

        assertThat(how(mended)).isEqualTo(ApplyMethod.RELOAD);
        assertThat(((Applied) mended).reloadReason()).hasValueSatisfying(reason -> {
            assertThat(reason.cause()).isEqualTo(ReloadCause.DIVERGED_STATE);
            assertThat(reason.detail()).contains("www_example_com/two");
        });

        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
        assertThat(warnings.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("www_example_com/two", "administrative state 1"));
        command("add map " + rig.data().resolve("hosts.map") + " foo.com www_example_com");
        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
        assertThat(rig.get("foo.com", "/").status()).isEqualTo(503);
        assertThat(warnings.list.getLast().getFormattedMessage()).contains("foo.com", "2 times");
    }

    @Test
    void everythingIsComparedWhenTheSameIsAskedForAgainAndNotWhenAChangeComesToNothing() throws Exception {
        command("add map " + rig.data().resolve("hosts.map") + " foo.com www_example_com");
        // A draining server is better than none, so HAProxy gets no command.
        fleet.put(HOST, "one", one.port(), ServerState.DRAINING);
        assertThat(apply()).isInstanceOf(Unchanged.class);

        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
        assertThat(rig.get("foo.com", "/").status()).isEqualTo(503);
    }

    @Test
    void whatSomebodyElseChangedIsSeenAlsoWhenSomethingElseChanges() throws Exception {
        command("add server www_example_com/two 127.0.0.1:9");

        fleet.put(HOST, "two", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);

        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
        assertThat(apply()).as("one reload has mended it").isInstanceOf(Unchanged.class);
        assertThat(reloads()).isEqualTo(1);
    }

    @Test
    void aReloadBySomebodyElseIsSeen() throws Exception {
        fleet.put(HOST, "two", two.port());
        apply();
        String before = worker();
        new ProcessBuilder("/bin/sh", "-c", "kill -USR2 " + rig.master().pid())
                .start()
                .waitFor();
        await().ignoreExceptions().until(() -> !worker().equals(before));

        fleet.put("foo.com", "two", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);

        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
        assertThat(get("foo.com")).isEqualTo("two");
    }

    @Test
    void theFileHasEverythingForTheNextStart() throws Exception {
        fleet.put(HOST, "two", two.port()).put("foo.com", "two", two.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
        await().until(() -> Files.readString(rig.data().resolve("hosts.map")).contains("foo.com foo_com\n")
                && Files.readString(rig.configFile()).contains("backend foo_com"));
        kill();

        assertThat(how(apply())).isEqualTo(ApplyMethod.START);

        assertThat(get("foo.com")).isEqualTo("two");
        assertThat(List.of(get(HOST), get(HOST))).contains("one", "two");
        fleet.put("foo.com", "one", one.port());
        assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
    }

    @Test
    void whatChangesRightAfterAReloadIsNotLost() throws Exception {
        for (int i = 0; i < 10; i++) {
            fleet.put("w" + i + ".com", "web", one.port());
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
            command("clear map " + rig.data().resolve("hosts.map"));
            assertThat(how(apply())).isEqualTo(ApplyMethod.RELOAD);
            fleet.put("x" + i + ".com", "web", two.port());
            assertThat(how(apply())).isEqualTo(ApplyMethod.RUNTIME);
            assertThat(get("x" + i + ".com")).isEqualTo("two");
            assertThat(get("w" + i + ".com")).isEqualTo("one");
        }
    }

    private void kill() throws Exception {
        int before = rig.applyRequests.get();
        ProcessHandle master = rig.master();
        master.destroyForcibly();
        // A request may also have another reason.
        await().until(() -> !master.isAlive() && rig.applyRequests.get() > before);
    }

    private ApplyResult apply() throws InterruptedException {
        return rig.apply(fleet.snapshot());
    }

    private String get(String host) throws IOException {
        HttpConnection.Response response = rig.get(host, "/");
        return response.status() == 200 ? response.body().split(" ")[0] : Integer.toString(response.status());
    }

    private String servers(String place) throws Exception {
        return command("show servers state " + place);
    }

    /** Name and state of each server of a host. */
    private String status(String host) throws Exception {
        return command("show stat")
                .lines()
                .filter(line -> line.startsWith(host.replace('.', '_') + ","))
                .map(line -> line.split(",")[1] + "," + line.split(",")[17])
                .toList()
                .toString();
    }

    private String command(String command) throws Exception {
        return RuntimeApiClient.ask(rig.data().resolve("admin.sock"), command);
    }

    /** The process that answers. */
    private String worker() throws Exception {
        return command("show info")
                .lines()
                .filter(line -> line.startsWith("Pid: "))
                .findFirst()
                .orElseThrow();
    }

    private int reloads() throws IOException {
        return rig.reloads();
    }

    private static ApplyMethod how(ApplyResult result) {
        assertThat(result).isInstanceOf(Applied.class);
        return ((Applied) result).how();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("haproxy");
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
