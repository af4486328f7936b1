package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Contract of every load balancer that serves HTTP at {@code host.settings().port()}, tested with real requests. A test of
 * the plugin must extend it:
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
 * Its sentences come in addition to those of {@link ApplyContract}. A test of a capability that the load balancer does not
 * declare is reported as aborted.
 */
public abstract class LoadBalancerContract extends ApplyContract {

    @Override
    protected final boolean isServed(TestLoadBalancerContext host, String hostName) throws IOException {
        int status = get(hostName, "/").status();
        assertThat(status == 200 || (status >= 400 && status < 600))
                .as("status %d of %s", status, hostName)
                .isTrue();
        return status == 200;
    }

    /** From names and paths to backends. */
    @Nested
    class Routing {

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
        void aNameWithoutServersIsAnsweredWith503() throws Exception {
            assertApplied(TopologyFixtures.host(HOST));
            assertThat(get(HOST, "/").status()).isEqualTo(503);
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
    }

    /** Servers of a backend. */
    @Nested
    class Servers {

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
    }

    private void assumeCapable(Capability capability) {
        assumeThat(loadBalancer.capabilities()).contains(capability);
    }

    private Backend backend(String name) throws IOException {
        return new Backend(name, List.of(origin(name).server()), new HealthCheck.Tcp(), List.of());
    }

    private static Server[] servers(List<OriginFixture> origins) {
        return origins.stream().map(OriginFixture::server).toArray(Server[]::new);
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
