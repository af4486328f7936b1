package io.interlock.haproxy.apply;

import static io.interlock.haproxy.fixture.LoopbackTopologies.hosts;
import static io.interlock.haproxy.fixture.LoopbackTopologies.oneHost;
import static io.interlock.haproxy.fixture.LoopbackTopologies.oneHostWithOptions;
import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.TestTemplates;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Load balancer on a real HAProxy. */
@Tag("haproxy")
@Timeout(120)
class HaproxyLoadBalancerTest {

    private static final String HOST = "www.example.com";

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private HaproxyFixture rig;
    private OriginServer one;
    private OriginServer two;

    @BeforeEach
    void open() throws Exception {
        one = opened(new OriginServer("one"));
        two = opened(new OriginServer("two"));
        rig = opened(new HaproxyFixture(folder));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    @Test
    void aHostIsServedAsSoonAsItIsApplied() throws Exception {
        assertThat(rig.apply(oneHost(HOST, one.port()))).isInstanceOfSatisfying(Applied.class, applied -> {
            assertThat(applied.how()).isEqualTo(ApplyMethod.START);
            assertThat(applied.omissions()).isEmpty();
        });

        HttpConnection.Response response = rig.get(HOST, "/");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("one for 127.0.0.1");
        assertThat(response.header("x-request-start")).matches("\\d{10}\\.\\d{3}");
    }

    @Test
    void aSecondHostIsServedAsSoonAsItIsApplied() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        assertThat(how(rig.apply(hosts(List.of(HOST, "foo.com"), two.port())))).isEqualTo(ApplyMethod.RUNTIME);

        assertThat(rig.get("foo.com", "/").body()).startsWith("two");
        assertThat(rig.get(HOST, "/").body()).startsWith("two");
    }

    @Test
    void anUnknownHostIsToldThatThereIsNoRoute() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        HttpConnection.Response response = rig.get("script.example.org", "/");
        HttpConnection.Response malformed = rig.get("<script>.example.org", "/");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).contains("no route").doesNotContain("script", "example");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.body()).doesNotContain("script", "example");
    }

    @Test
    void theMonitorAnswersForEveryHost() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        assertThat(rig.get("unknown.example.org", "/haproxy?monitor").status()).isEqualTo(200);
    }

    @Test
    void theStatisticsPageIsForThoseWhoKnowThePassword() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        assertThat(rig.get(HOST, "/haproxy?stats").status()).isEqualTo(401);
        String account = Base64.getEncoder()
                .encodeToString((HaproxyFixture.STATS.user() + ":"
                                + HaproxyFixture.STATS.password().reveal())
                        .getBytes(StandardCharsets.US_ASCII));
        HttpConnection.Response page =
                rig.get(HOST, "/haproxy?stats", "Authorization: Basic " + account, "Connection: close");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("www_example_com").doesNotContain("version 2");
        assertThat(page.header("refresh")).startsWith("5");
    }

    @Test
    void whoGuessesThePasswordOfTheStatisticsPageIsStopped() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        List<String> pages = List.of("/haproxy?stats", "/haproxy?stats;csv", "http://" + HOST + "/haproxy?stats");
        for (int i = 0; i < 11; i++) {
            assertThat(rig.get(HOST, pages.get(i % pages.size()), basic("stats", "guess" + i))
                            .status())
                    .isEqualTo(401);
        }
        String account = basic(
                HaproxyFixture.STATS.user(), HaproxyFixture.STATS.password().reveal());

        assertThat(pages)
                .allSatisfy(page -> assertThat(rig.get(HOST, page, account).status())
                        .as("after too many guesses nobody learns that this one is right")
                        .isEqualTo(429));
        assertThat(rig.get(HOST, "/", account).status()).as("the container").isEqualTo(200);
        assertThat(rig.get(HOST, "/haproxy?stats").status())
                .as("without a password")
                .isEqualTo(401);
    }

    @Test
    void whoKnowsThePasswordOfTheStatisticsPageMayReadItOften() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        String account = basic(
                HaproxyFixture.STATS.user(), HaproxyFixture.STATS.password().reveal());

        for (int i = 0; i < 30; i++) {
            assertThat(rig.get(HOST, "/haproxy?stats", account).status()).isEqualTo(200);
        }
    }

    private static String basic(String user, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void withoutCredentialsThereIsNoStatisticsPage() throws Exception {
        HaproxyFixture open = opened(new HaproxyFixture(
                folder.resolve("open"), PortAllocator.next(), HaproxyConfig.DEFAULTS, Optional.empty()));
        open.apply(oneHost(HOST, one.port()));

        assertThat(open.get(HOST, "/haproxy?stats").body()).startsWith("one");
    }

    @Test
    void onlyTheServicesUserMayReadWhatIsWritten() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> !Files.isDirectory(file) && !file.equals(rig.pidFile())))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(rig.processes())
                .isNotEmpty()
                .allSatisfy(process ->
                        assertThat(process.info().commandLine().orElseThrow()).doesNotContain("ecret"));
    }

    @Test
    void theSameTopologyAgainTouchesNothing() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        var written = Files.getLastModifiedTime(rig.configFile());
        List<ProcessHandle> before = rig.processes();

        assertThat(rig.apply(oneHost(HOST, one.port()))).isEqualTo(new Unchanged(List.of()));

        assertThat(Files.getLastModifiedTime(rig.configFile())).isEqualTo(written);
        assertThat(rig.processes()).isEqualTo(before);
    }

    @Test
    void aFileThatSomebodyChangedIsMended() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        String config = Files.readString(rig.configFile());
        Files.writeString(rig.configFile(), "nonsense");
        Files.delete(rig.data().resolve("hosts.map"));

        assertThat(rig.apply(oneHost(HOST, one.port()))).isInstanceOf(Unchanged.class);

        await().untilAsserted(() -> assertThat(rig.configFile()).hasContent(config));
        assertThat(rig.data().resolve("hosts.map")).hasContent("www.example.com www_example_com");
    }

    @Test
    void reloadsLoseNoRequest() throws Exception {
        HaproxyFixture other = opened(new HaproxyFixture(
                folder.resolve("other"), PortAllocator.next(), HaproxyFixture.withoutSpares(), Optional.empty()));
        other.apply(oneHost(HOST, one.port()));
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger served = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                boolean keepsAlive = i % 2 == 0;
                clients.add(executor.submit(() -> askRepeatedly(other.port, running, served, keepsAlive)));
            }
            for (int reload = 0; reload < 10; reload++) {
                int before = served.get();
                assertThat(how(other.apply(hosts(List.of(HOST, "n" + reload + ".com"), one.port(), two.port()))))
                        .isEqualTo(ApplyMethod.RELOAD);
                await().until(() ->
                        served.get() > before + 100 || clients.stream().anyMatch(Future::isDone));
            }
            running.set(false);
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    @Test
    void anOptionThatHaproxyDroppedIsReplacedAndSaid() throws Exception {
        ApplyResult result = rig.apply(oneHostWithOptions(HOST, List.of("forceclose", "http-no-delay"), one.port()));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Applied.class,
                        applied -> assertThat(applied.omissions())
                                .singleElement()
                                .satisfies(omission -> {
                                    assertThat(omission.backendName()).isEqualTo("www_example_com");
                                    assertThat(omission.value()).isEqualTo("forceclose");
                                    assertThat(omission.reason()).contains("httpclose");
                                }));
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        assertThat(Files.readString(rig.configFile())).contains("    option httpclose\n    option http-no-delay\n");
    }

    @Test
    void anUnknownOptionIsLeftOutAndTheRestIsServed() throws Exception {
        ApplyResult result = rig.apply(oneHostWithOptions(HOST, List.of("bogus thing"), one.port()));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Applied.class,
                        applied -> assertThat(applied.omissions())
                                .extracting(Omission::value)
                                .containsExactly("bogus thing"));
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void aTemplateThatHaproxyRefusesLeavesEverythingAsItWas() throws Exception {
        Path template = folder.resolve("own.mustache");
        Files.writeString(template, TestTemplates.builtIn());
        HaproxyFixture own = opened(new HaproxyFixture(
                folder.resolve("own"), PortAllocator.next(), HaproxyFixture.withTemplate(template), Optional.empty()));
        own.apply(oneHost(HOST, one.port()));
        String config = Files.readString(own.configFile());
        String map = Files.readString(own.data().resolve("hosts.map"));

        Files.writeString(template, TestTemplates.builtIn() + "    no such keyword\n");
        ApplyResult result = own.apply(oneHost("foo.com", one.port()));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains(own.configFile() + ":", "in the line: no such keyword"));
        assertThat(own.configFile()).hasContent(config);
        assertThat(own.data().resolve("hosts.map")).hasContent(map);
        assertThat(own.get(HOST, "/").status()).isEqualTo(200);
        assertThat(own.folder.toFile().list()).containsExactlyInAnyOrder("proxy.conf", "proxy.pid", "data");
    }

    @Test
    void aTemplateThatIsNoneIsNamedWithThePlace() throws Exception {
        Path template = folder.resolve("own.mustache");
        Files.writeString(template, TestTemplates.builtIn());
        HaproxyFixture own = opened(new HaproxyFixture(
                folder.resolve("own"), PortAllocator.next(), HaproxyFixture.withTemplate(template), Optional.empty()));
        own.apply(oneHost(HOST, one.port()));

        Files.writeString(template, "global\n{{#backends}}\n");
        assertThat(own.apply(oneHost("foo.com", one.port())))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains(template.toString(), "backends", "line 2"));
        Files.writeString(template, "global\n{{nobodyKnows}}\n");
        assertThat(own.apply(oneHost("foo.com", one.port())))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.reason()).contains(template.toString(), "nobodyKnows", "line 2"));

        Files.writeString(template, "# a\n".repeat(1 << 18) + "\n");
        assertThat(own.apply(oneHost("foo.com", one.port())))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains(template + " cannot be read: is larger than 1048576 bytes"));

        assertThat(own.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void aReloadThatDoesNotTakeLeavesTheOldOneServing() throws Exception {
        Path template = folder.resolve("own.mustache");
        Files.writeString(template, TestTemplates.builtIn());
        HaproxyFixture own = opened(new HaproxyFixture(
                folder.resolve("own"), PortAllocator.next(), HaproxyFixture.withTemplate(template), Optional.empty()));
        own.apply(oneHost(HOST, one.port()));
        String config = Files.readString(own.configFile());

        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    template,
                    TestTemplates.builtIn() + "\nfrontend more\n    bind 127.0.0.1:" + foreign.getLocalPort() + "\n");
            assertThat(own.apply(oneHost("foo.com", one.port())))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("did not take", Integer.toString(foreign.getLocalPort())));
            assertThat(own.configFile()).hasContent(config);
            assertThat(own.get(HOST, "/").status()).isEqualTo(200);
        }

        Files.writeString(template, TestTemplates.builtIn());
        assertThat(how(own.apply(oneHost("foo.com", one.port())))).isEqualTo(ApplyMethod.RELOAD);
        assertThat(own.get("foo.com", "/").status()).isEqualTo(200);
    }

    @Test
    void aMasterThatWasKilledIsStartedAgain() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        rig.master().destroyForcibly();

        await().until(() -> rig.applyRequests.get() > 0);
        assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.START);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void aWorkerThatWasKilledIsStartedAgain() throws Exception {
        rig.apply(oneHost(HOST, one.port()));

        rig.master().children().forEach(ProcessHandle::destroyForcibly);

        await().until(() -> rig.applyRequests.get() > 0);
        assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.START);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void anHaproxyThatEndsAgainAndAgainIsNotStartedWithoutAPause() throws Exception {
        int starts = 0;
        ApplyResult result = rig.apply(oneHost(HOST, one.port()));
        // The pause grows with each end, until it is longer than an apply takes on this machine.
        while (result instanceof Applied) {
            starts++;
            int before = rig.applyRequests.get();
            rig.master().destroyForcibly();
            await().until(() -> rig.applyRequests.get() > before);
            result = rig.apply(oneHost(HOST, one.port()));
        }

        assertThat(starts).as("the first end costs no pause").isGreaterThan(1);
        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason())
                                .containsPattern("ended \\d+ times .* at least \\d+ ms away"));
    }

    @Test
    void aPortThatSomebodyElseHasIsNamedWithItsOwner() throws Exception {
        try (ServerSocket foreign = new ServerSocket(rig.port)) {
            assertThat(foreign.isBound()).isTrue();
            assertThat(rig.apply(oneHost(HOST, one.port())))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains(
                                            "port " + rig.port,
                                            "process " + ProcessHandle.current().pid(),
                                            "stop it, or choose another"));
            assertThat(rig.processes()).isEmpty();
        }

        assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.START);
    }

    @Test
    void theEndLeavesNothingRunning() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        rig.apply(oneHost("foo.com", one.port()));

        rig.close();

        assertThat(rig.processes()).isEmpty();
        assertThat(rig.pidFile()).doesNotExist();
        assertThat(rig.data().toFile().list())
                .containsExactlyInAnyOrder(
                        "hosts.map",
                        "wildcards.map",
                        "paths.map",
                        "checks.map",
                        "names.map",
                        "peers.sock",
                        "server-states",
                        "loaded",
                        "health.sock",
                        "haproxy.log");
        assertThat(rig.applyRequests).as("the host knows already").hasValue(0);
    }

    @Test
    void theEndWaitsForRequestsInFlightAndNotForIdleConnections() throws Exception {
        HaproxyConfig patient = HaproxyFixture.config(Map.of("stop_timeout", 3_600_000));
        HaproxyFixture other =
                opened(new HaproxyFixture(folder.resolve("other"), PortAllocator.next(), patient, Optional.empty()));
        other.apply(oneHost(HOST, one.port()));
        try (HttpConnection idle = HttpConnection.connect(other.port);
                HttpConnection busy = HttpConnection.connect(other.port)) {
            assertThat(idle.get(HOST, "/").status()).isEqualTo(200);
            busy.send(HOST, "/slow");
            one.awaitSlowRequest();

            CompletableFuture<Void> end = CompletableFuture.runAsync(other::close);
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> HttpConnection.connect(other.port).close())
                    .isInstanceOf(IOException.class));
            assertThat(end).isNotDone();
            one.letSlowRequestsFinish();

            assertThat(busy.read().status()).isEqualTo(200);
            end.join();
            assertThat(idle.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aRunningHaproxyIsTakenOverWithoutReload() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        List<ProcessHandle> before = rig.processes();

        rig.loseController();

        assertThat(rig.apply(oneHost(HOST, one.port()))).isInstanceOf(Unchanged.class);
        assertThat(rig.processes()).isEqualTo(before);
        assertThat(how(rig.apply(oneHost("foo.com", one.port())))).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(rig.get("foo.com", "/").status()).isEqualTo(200);
        rig.master().destroyForcibly();
        await().until(() -> rig.applyRequests.get() > 0);
    }

    @Test
    void anotherVersionOfThePluginTakesTheRunningHaproxyOverWithoutReload() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        List<ProcessHandle> before = rig.processes();

        rig.replacePlugin();

        assertThat(rig.processes()).isEqualTo(before);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
        assertThat(rig.apply(oneHost(HOST, one.port()))).isInstanceOf(Unchanged.class);
        assertThat(rig.processes()).isEqualTo(before);
    }

    @Test
    void aRunningHaproxyWithOtherFilesIsReplaced() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        ProcessHandle before = rig.master();

        rig.configName = "other.conf";
        rig.loseController();

        assertThat(how(rig.apply(oneHost(HOST, two.port())))).isEqualTo(ApplyMethod.START);
        assertThat(before.isAlive()).isFalse();
        assertThat(rig.get(HOST, "/").body()).startsWith("two");
    }

    @Test
    void aPortThatChangedAndIsTakenLeavesTheRunningOneAlone() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        int before = rig.port;
        rig.port = PortAllocator.next();
        try (ServerSocket foreign = new ServerSocket(rig.port)) {
            assertThat(foreign.isBound()).isTrue();
            rig.loseController();

            assertThat(rig.apply(oneHost(HOST, one.port())))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("port " + rig.port));
            assertThat(HttpConnection.get(before, HOST, "/").status()).isEqualTo(200);
        }

        assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.RELOAD);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void whatAnHaproxyLeftThatIsGoneDoesNotMatter() throws Exception {
        rig.apply(oneHost(HOST, one.port()));
        List<ProcessHandle> all = rig.processes();
        all.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> rig.processes().isEmpty());
        assertThat(rig.pidFile()).exists();

        rig.loseController();

        assertThat(how(rig.apply(oneHost(HOST, one.port())))).isEqualTo(ApplyMethod.START);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    private static void askRepeatedly(int port, AtomicBoolean running, AtomicInteger served, boolean keepsAlive) {
        try {
            HttpConnection client = HttpConnection.connect(port);
            while (running.get()) {
                HttpConnection.Response response = client.get(HOST, "/");
                assertThat(response.status()).isEqualTo(200);
                served.incrementAndGet();
                // HAProxy announces that an idle connection should end.
                if (!keepsAlive || !client.isReusable()) {
                    client.close();
                    client = HttpConnection.connect(port);
                }
            }
            client.close();
        } catch (IOException e) {
            throw new AssertionError("a request failed after " + served, e);
        }
    }

    private static ApplyMethod how(ApplyResult result) {
        assertThat(result).isInstanceOf(Applied.class);
        return ((Applied) result).how();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
