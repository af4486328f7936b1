package io.interlock.testkit;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract of every load balancer, tested with real requests. A test of the plugin must extend it:
 *
 * <pre>{@code
 * class NginxContractTest extends LoadBalancerContract {
 *     @Override
 *     protected LoadBalancer create(TestLoadBalancerContext host) throws Exception {
 *         return new NginxFactory().create(configWith(host.settings().port()), host);
 *     }
 *     …
 * }
 * }</pre>
 *
 * Every test has a load balancer of its own, in a folder of its own. A test of a capability that the load balancer does
 * not declare is reported as aborted.
 */
public abstract class LoadBalancerContract {

    private static final String HOST = "www.example.com";

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private TestLoadBalancerContext host = unset();
    private LoadBalancer loadBalancer = unset();
    private boolean closed;
    private long revision;

    /**
     * Creates a load balancer that serves HTTP at {@code host.settings().port()}; implemented by the author of the
     * plugin.
     */
    protected abstract LoadBalancer create(TestLoadBalancerContext host) throws Exception;

    /**
     * Makes all following applies fail or be rejected, while the running proxy continues; implemented by the author of
     * the plugin. One way is a custom template that the proxy rejects.
     */
    protected abstract void prevent(TestLoadBalancerContext host) throws Exception;

    /** Reverts {@link #prevent}. */
    protected abstract void allow(TestLoadBalancerContext host) throws Exception;

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T unset() {
        return null;
    }

    @BeforeEach
    final void open() throws Exception {
        host = new TestLoadBalancerContext(folder);
        loadBalancer = create(host);
    }

    @AfterEach
    final void end() throws Exception {
        if (!closed) {
            loadBalancer.close();
        }
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void servesEachNameAndNoOther() throws Exception {
        OriginFixture origin = origin("one");
        assertApplied(TopologyFixtures.host(List.of(HOST, "alias.example.org"), origin.server()));
        assertThat(whoAnswers(HOST, "/")).isEqualTo("one");
        assertThat(whoAnswers("ALIAS.example.org:8080", "/x?y")).isEqualTo("one");
        assertThat(get("other.example.com", "/").status()).isBetween(400, 599);
        assertThat(get("www.example.com.evil.example", "/").status()).isBetween(400, 599);
    }

    @Test
    void tellsByTheResultWhetherAnythingChanged() throws Exception {
        Topology topology = TopologyFixtures.host(HOST, origin("one").server());
        assertThat(apply(topology)).isInstanceOf(Applied.class);
        assertThat(apply(topology)).isInstanceOf(Unchanged.class);
        assertThat(apply(TopologyFixtures.host("new.example.com", origin("two").server())))
                .isInstanceOf(Applied.class);
    }

    @Test
    void theOrderInWhichServersAreNamedMeansNothing() throws Exception {
        Server one = origin("one").server();
        Server two = origin("two").server();
        assertApplied(TopologyFixtures.host(HOST, one, two));
        assertThat(apply(TopologyFixtures.host(HOST, two, one))).isInstanceOf(Unchanged.class);
    }

    @Test
    void servingNothingIsNoMistake() throws Exception {
        assertApplied(Topology.EMPTY);
        assertThat(get(HOST, "/").status()).isBetween(400, 599);
        assertApplied(TopologyFixtures.host(HOST, origin("one").server()));
        assertThat(whoAnswers(HOST, "/")).isEqualTo("one");
        assertApplied(Topology.EMPTY);
        assertThat(get(HOST, "/").status()).isBetween(400, 599);
    }

    @Test
    void aNameWithoutServersIsAnsweredWith503() throws Exception {
        assertApplied(TopologyFixtures.host(HOST));
        assertThat(get(HOST, "/").status()).isEqualTo(503);
    }

    @Test
    void aDrainingServerGetsNothingNew() throws Exception {
        OriginFixture staying = origin("staying");
        OriginFixture leaving = origin("leaving");
        assertApplied(TopologyFixtures.host(HOST, staying.server(), leaving.server()));
        await().until(() -> whoAnswers(HOST, "/").equals("leaving"));
        assertApplied(TopologyFixtures.host(HOST, staying.server(), leaving.draining()));
        int before = leaving.requests();
        for (int i = 0; i < 50; i++) {
            assertThat(whoAnswers(HOST, "/")).isEqualTo("staying");
        }
        assertThat(leaving.requests()).isEqualTo(before);
    }

    @Test
    void everyServerGetsItsShare() throws Exception {
        assertApplied(TopologyFixtures.host(
                HOST,
                origin("one").server(),
                origin("two").server(),
                origin("three").server()));
        List<String> answers = new ArrayList<>();
        await().until(() -> {
            answers.add(whoAnswers(HOST, "/"));
            return Set.copyOf(answers).containsAll(Set.of("one", "two", "three"));
        });
        assertThat(answers).doesNotContain("");
    }

    @Test
    void aServerThatDoesNotListenIsNoticedByNoClient() throws Exception {
        Server dead = TopologyFixtures.server("gone", "127.0.0.1", PortAllocator.next());
        assertApplied(TopologyFixtures.host(HOST, origin("alive").server(), dead));
        for (int i = 0; i < 20; i++) {
            assertThat(whoAnswers(HOST, "/")).isEqualTo("alive");
        }
    }

    @Test
    void noRequestIsLostWhileServersComeAndGo() throws Exception {
        List<OriginFixture> pool = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pool.add(origin("server-" + i));
        }
        assertApplied(TopologyFixtures.host(HOST, servers(pool.subList(0, 2))));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<String> failures = new ArrayList<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                try {
                    HttpConnection.Response answer = get(HOST, "/");
                    if (answer.status() != 200) {
                        failures.add("status " + answer.status());
                    }
                } catch (IOException e) {
                    failures.add(e.toString());
                }
                answered.incrementAndGet();
            }
        });
        for (int i = 1; i <= 12; i++) {
            List<OriginFixture> some = List.of(pool.get(i % 4), pool.get((i + 1) % 4));
            assertApplied(TopologyFixtures.host(HOST, servers(some)));
        }
        await().until(() -> answered.get() > 20);
        done.set(true);
        asking.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void theLongestPathWins() throws Exception {
        assumeCapable(Capability.PATH_ROUTES);
        Backend site = backend("site");
        Backend api = backend("api");
        Topology topology = new Topology(
                List.of(new VirtualHost(
                        List.of(new HostName(HOST)), List.of(Route.toBackend("site"), new Route("/api", "api")))),
                List.of(site, api));
        assertApplied(topology);
        assertThat(whoAnswers(HOST, "/api")).isEqualTo("api");
        assertThat(whoAnswers(HOST, "/api/users?x=1")).isEqualTo("api");
        assertThat(whoAnswers(HOST, "/apis")).isEqualTo("site");
        assertThat(whoAnswers(HOST, "/")).isEqualTo("site");
    }

    @Test
    void anExactNameIsStrongerThanAWildcard() throws Exception {
        assumeCapable(Capability.WILDCARD_HOSTS);
        assertApplied(TopologyFixtures.of(
                TopologyFixtures.host("*.example.com", origin("any").server()),
                TopologyFixtures.host(HOST, origin("exact").server())));
        assertThat(whoAnswers(HOST, "/")).isEqualTo("exact");
        assertThat(whoAnswers("a.b.example.com", "/")).isEqualTo("any");
        assertThat(get("example.com", "/").status()).isBetween(400, 599);
    }

    @Test
    void whatFailsLeavesTheFormerServingAndIsMadeUpForLater() throws Exception {
        Server one = origin("one").server();
        assertApplied(TopologyFixtures.host(HOST, one));
        Topology next = TopologyFixtures.of(
                TopologyFixtures.host(HOST, one),
                TopologyFixtures.host("next.example.com", origin("two").server()));
        prevent(host);
        assertThat(apply(next)).isInstanceOfAny(Failed.class, Rejected.class);
        assertThat(whoAnswers(HOST, "/")).isEqualTo("one");
        assertThat(get("next.example.com", "/").status()).isBetween(400, 599);
        allow(host);
        assertApplied(next);
        assertThat(whoAnswers("next.example.com", "/")).isEqualTo("two");
    }

    @Test
    void anInterruptLeavesItServing() throws Exception {
        Topology topology = TopologyFixtures.host(HOST, origin("one").server());
        assertApplied(topology);
        Topology next = TopologyFixtures.of(
                topology,
                TopologyFixtures.host("next.example.com", origin("two").server()));
        Thread.currentThread().interrupt();
        try {
            ApplyResult result = apply(next);
            assertThat(result).isNotNull();
        } catch (InterruptedException e) {
            // Expected by the contract. A call that ended before it noticed the interrupt is also valid.
        } finally {
            Thread.interrupted();
        }
        assertThat(whoAnswers(HOST, "/")).isEqualTo("one");
        apply(next);
        assertThat(whoAnswers("next.example.com", "/")).isEqualTo("two");
    }

    @Test
    void whenItsProxyDiesItAsksForAnApplyWhichMendsIt() throws Exception {
        Set<Long> before = processes();
        Topology topology = TopologyFixtures.host(HOST, origin("one").server());
        assertApplied(topology);
        ProcessHandle.current()
                .descendants()
                .filter(process -> !before.contains(process.pid()))
                .forEach(ProcessHandle::destroyForcibly);
        assertThat(host.awaitRequest(TestTimeout.LIMIT))
                .as("has asked for an apply")
                .isTrue();
        await().until(() ->
                !(apply(topology) instanceof Failed) && whoAnswers(HOST, "/").equals("one"));
    }

    @Test
    void nothingOfItIsLeftWhenItWasClosed() throws Exception {
        Set<Long> processesBefore = processes();
        Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
        assertApplied(TopologyFixtures.host(HOST, origin("one").server()));
        loadBalancer.close();
        closed = true;
        assertThat(host.awaitRequest(Duration.ofMillis(1)))
                .as("asks for nothing any more")
                .isFalse();
        await().untilAsserted(() -> assertThat(processes()).isSubsetOf(processesBefore));
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threadsBefore.contains(thread) && !isTheJdks(thread))
                        .toList())
                .isEmpty());
    }

    @Test
    void closingOneThatNeverAppliedIsFine() {
        loadBalancer.close();
        closed = true;
    }

    /**
     * Whether the JDK keeps this thread for a while: for its HTTP server, its virtual threads, or the ends of
     * processes.
     */
    private static boolean isTheJdks(Thread thread) {
        return thread.getName()
                .matches(
                        "(?i).*(HTTP-Dispatcher|idle-timeout-task|ForkJoinPool|process reaper|VirtualThread|Read-Poller"
                                + "|Write-Poller|MasterPoller|Attach|Cleaner|surefire|awaitility).*");
    }

    /** Returns all descendants, including processes that left their parent for a session of their own. */
    private static Set<Long> processes() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private void assumeCapable(Capability capability) {
        assumeThat(loadBalancer.capabilities()).contains(capability);
    }

    private OriginFixture origin(String name) throws IOException {
        OriginFixture origin = OriginFixture.start(name);
        opened.add(origin);
        return origin;
    }

    private Backend backend(String name) throws IOException {
        return new Backend(name, List.of(origin(name).server()), new HealthCheck.Tcp(), List.of());
    }

    private static Server[] servers(List<OriginFixture> origins) {
        return origins.stream().map(OriginFixture::server).toArray(Server[]::new);
    }

    private ApplyResult apply(Topology topology) throws InterruptedException {
        return loadBalancer.apply(new TopologySnapshot(++revision, topology));
    }

    private void assertApplied(Topology topology) throws InterruptedException {
        assertThat(apply(topology)).isInstanceOf(Applied.class);
    }

    private HttpConnection.Response get(String hostName, String path) throws IOException {
        return HttpConnection.get(host.settings().port(), hostName, path, "Connection: close");
    }

    /** Returns the name of the server that answers; empty if the status is not 200. */
    private String whoAnswers(String hostName, String path) throws IOException {
        HttpConnection.Response answer = get(hostName, path);
        return answer.status() == 200 ? answer.body() : "";
    }
}
