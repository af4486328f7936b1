package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract of every load balancer, whatever it does with a topology. A test of the plugin must extend it, or
 * {@link LoadBalancerContract} if the load balancer serves HTTP itself:
 *
 * <pre>{@code
 * class RoutesFileContractTest extends ApplyContract {
 *     @Override
 *     protected LoadBalancer create(TestLoadBalancerContext host) throws Exception {
 *         return new RoutesFileFactory().create(config, host);
 *     }
 *     …
 * }
 * }</pre>
 *
 * Every test has a load balancer of its own, in a folder of its own. A test of what the load balancer does not have is
 * reported as aborted.
 */
public abstract class ApplyContract {

    static final String HOST = "www.example.com";
    static final String OTHER = "next.example.com";

    @TempDir
    Path folder;

    final List<AutoCloseable> opened = new ArrayList<>();
    TestLoadBalancerContext host = unset();
    LoadBalancer loadBalancer = unset();
    private boolean closed;
    private long revision;

    /** Creates a load balancer; called several times for the same {@code host}. Implemented by the author of the plugin. */
    protected abstract LoadBalancer create(TestLoadBalancerContext host) throws Exception;

    /**
     * Whether what the load balancer wrote or serves at present has this host name; implemented by the author of the
     * plugin.
     */
    protected abstract boolean isServed(TestLoadBalancerContext host, String hostName) throws Exception;

    /**
     * Makes all following applies fail or be rejected, while what is served stays; implemented by the author of the
     * plugin. One way is a folder in the place of a file.
     */
    protected abstract void prevent(TestLoadBalancerContext host) throws Exception;

    /** Reverts {@link #prevent}. */
    protected abstract void allow(TestLoadBalancerContext host) throws Exception;

    /** Returns how long a test waits for an expected result. */
    protected Duration limit() {
        return TestTimeout.LIMIT;
    }

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

    /** Results of an apply. */
    @Nested
    class Results {

        @Test
        void whatIsAppliedIsServedAndNothingElse() throws Exception {
            assertApplied(TopologyFixtures.host(HOST, origin("one").server()));
            assertThat(isServed(host, HOST)).isTrue();
            assertThat(isServed(host, OTHER)).isFalse();
            assertApplied(TopologyFixtures.host(OTHER, origin("two").server()));
            assertThat(isServed(host, OTHER)).isTrue();
            assertThat(isServed(host, HOST)).isFalse();
        }

        @Test
        void tellsByTheResultWhetherAnythingChanged() throws Exception {
            Topology topology = TopologyFixtures.host(HOST, origin("one").server());
            assertThat(apply(topology)).isInstanceOf(Applied.class);
            assertThat(apply(topology)).isInstanceOf(Unchanged.class);
            assertThat(apply(TopologyFixtures.host(OTHER, origin("two").server())))
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
            assertThat(isServed(host, HOST)).isFalse();
            assertApplied(TopologyFixtures.host(HOST, origin("one").server()));
            assertThat(isServed(host, HOST)).isTrue();
            assertApplied(Topology.EMPTY);
            assertThat(isServed(host, HOST)).isFalse();
        }
    }

    /** Applies that do not succeed. */
    @Nested
    class Failures {

        @Test
        void whatFailsLeavesTheFormerServingAndIsMadeUpForLater() throws Exception {
            Topology former = TopologyFixtures.host(HOST, origin("one").server());
            assertApplied(former);
            Topology next = TopologyFixtures.of(
                    former, TopologyFixtures.host(OTHER, origin("two").server()));
            prevent(host);
            assertThat(apply(next)).isInstanceOfAny(Failed.class, Rejected.class);
            assertThat(isServed(host, HOST)).isTrue();
            assertThat(isServed(host, OTHER)).isFalse();
            allow(host);
            assertApplied(next);
            assertThat(isServed(host, OTHER)).isTrue();
        }

        @Test
        void anInterruptLeavesItServing() throws Exception {
            Topology topology = TopologyFixtures.host(HOST, origin("one").server());
            assertApplied(topology);
            Topology next = TopologyFixtures.of(
                    topology, TopologyFixtures.host(OTHER, origin("two").server()));
            Thread.currentThread().interrupt();
            try {
                ApplyResult result = apply(next);
                assertThat(result).isNotNull();
            } catch (InterruptedException e) {
                // Expected by the contract. A call that ended before it noticed the interrupt is also valid.
            } finally {
                Thread.interrupted();
            }
            assertThat(isServed(host, HOST)).isTrue();
            apply(next);
            assertThat(isServed(host, OTHER)).isTrue();
        }
    }

    /** Other instances with the same data. */
    @Nested
    class Successors {

        @Test
        void aSuccessorServesAfterAHandOver() throws Exception {
            Topology topology = TopologyFixtures.host(HOST, origin("one").server());
            assertApplied(topology);
            LoadBalancer successor = create(host);
            loadBalancer.handOver();
            loadBalancer = successor;
            assertThat(apply(topology)).isInstanceOfAny(Applied.class, Unchanged.class);
            assertThat(isServed(host, HOST)).isTrue();
        }

        @Test
        void anotherOneServesAfterItWasClosed() throws Exception {
            Topology topology = TopologyFixtures.host(HOST, origin("one").server());
            assertApplied(topology);
            loadBalancer.close();
            closed = true;
            loadBalancer = create(host);
            closed = false;
            assertThat(apply(topology)).isInstanceOfAny(Applied.class, Unchanged.class);
            assertThat(isServed(host, HOST)).isTrue();
        }
    }

    /** Parts that not every load balancer has. */
    @Nested
    class Features {

        @Test
        void aPreviewChangesNothing() throws Exception {
            Topology served = TopologyFixtures.host(HOST, origin("one").server());
            Topology next = TopologyFixtures.host(OTHER, origin("two").server());
            assertApplied(served);
            assumeThat(loadBalancer.preview(new TopologySnapshot(revision + 1, next)))
                    .as("the load balancer has previews")
                    .isPresent();
            assertThat(isServed(host, OTHER)).isFalse();
            assertThat(isServed(host, HOST)).isTrue();
            assertThat(apply(served)).isInstanceOf(Unchanged.class);
        }

        @Test
        void statisticsMayBeAskedForAtAnyTime() throws Exception {
            askForStats();
            assertApplied(TopologyFixtures.host(HOST, origin("one").server()));
            askForStats();
            loadBalancer.close();
            closed = true;
            askForStats();
        }

        @Test
        void capabilitiesStayTheSame() throws Exception {
            Set<Capability> before = Set.copyOf(loadBalancer.capabilities());
            assertApplied(TopologyFixtures.host(HOST, origin("one").server()));
            assertThat(loadBalancer.capabilities()).isEqualTo(before);
        }

        @Test
        void whenItsProxyDiesItAsksForAnApplyWhichMendsIt() throws Exception {
            Set<Long> before = processes();
            Topology topology = TopologyFixtures.host(HOST, origin("one").server());
            assertApplied(topology);
            List<ProcessHandle> proxy = ProcessHandle.current()
                    .descendants()
                    .filter(process -> !before.contains(process.pid()))
                    .toList();
            assumeThat(proxy).as("processes of the load balancer").isNotEmpty();
            proxy.forEach(ProcessHandle::destroyForcibly);
            assertThat(host.awaitRequest(limit())).as("has asked for an apply").isTrue();
            await().until(() -> !(apply(topology) instanceof Failed) && isServed(host, HOST));
        }
    }

    /** The end. */
    @Nested
    class Closing {

        @Test
        void nothingOfItIsLeftWhenItWasClosed() throws Exception {
            loadBalancer.close();
            Set<Long> processesBefore = processes();
            ThreadLeakDetector threads = new ThreadLeakDetector();
            threads.run(() -> {
                loadBalancer = create(host);
                assertApplied(TopologyFixtures.host(HOST, TopologyFixtures.server("one", "127.0.0.1", 1)));
                loadBalancer.close();
                closed = true;
            });
            assertThat(host.awaitRequest(Duration.ofMillis(1)))
                    .as("asks for nothing any more")
                    .isFalse();
            await().untilAsserted(() -> assertThat(processes()).isSubsetOf(processesBefore));
            await().untilAsserted(() -> assertThat(threads.left()).isEmpty());
        }

        @Test
        void closingOneThatNeverAppliedIsFine() {
            loadBalancer.close();
            closed = true;
        }
    }

    private void askForStats() throws InterruptedException {
        try {
            assertThat(loadBalancer.stats()).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null").message().isNotBlank();
        }
    }

    /** Returns all descendants, including processes that left their parent for a session of their own. */
    private static Set<Long> processes() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    final ConditionFactory await() {
        return TestTimeout.await().atMost(limit());
    }

    final OriginFixture origin(String name) throws IOException {
        OriginFixture origin = OriginFixture.start(name);
        opened.add(origin);
        return origin;
    }

    final ApplyResult apply(Topology topology) throws InterruptedException {
        return loadBalancer.apply(new TopologySnapshot(++revision, topology));
    }

    final void assertApplied(Topology topology) throws InterruptedException {
        assertThat(apply(topology)).isInstanceOf(Applied.class);
    }
}
