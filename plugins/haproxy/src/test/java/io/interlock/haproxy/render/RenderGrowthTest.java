package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.plan.ApplyPlanner;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.haproxy.plan.RunState;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.testsupport.process.WorkGrowth;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that rendering and planning cost no more than in proportion to what is served. */
@Tag("unit")
@ResourceLock(Resources.GLOBAL)
class RenderGrowthTest {

    @TempDir
    Path folder;

    private final GoldenInput input = GoldenInput.parse("stats a b\nsyslog 127.0.0.1:514");

    static Stream<Arguments> topologies() {
        return Stream.of(
                of(
                        "hosts",
                        4_000,
                        count -> new Topology(
                                numbers(count)
                                        .map(i -> host(List.of("h" + i + ".example.com"), Route.toBackend("b" + i)))
                                        .toList(),
                                numbers(count).map(i -> backend("b" + i, 1)).toList())),
                of(
                        "names of one host",
                        4_000,
                        count -> new Topology(
                                List.of(host(
                                        numbers(count)
                                                .map(i -> "h" + i + ".example.com")
                                                .toList(),
                                        Route.toBackend("b"))),
                                List.of(backend("b", 1)))),
                of(
                        "wildcards",
                        4_000,
                        count -> new Topology(
                                List.of(host(
                                        numbers(count)
                                                .map(i -> "*.h" + i + ".example.com")
                                                .toList(),
                                        Route.toBackend("b"))),
                                List.of(backend("b", 1)))),
                of(
                        "expressions",
                        800,
                        count -> new Topology(
                                List.of(host(
                                        numbers(count)
                                                .map(i -> "~^h" + i + "[0-9]+$")
                                                .toList(),
                                        Route.toBackend("b"))),
                                List.of(backend("b", 1)))),
                of(
                        "servers of one backend",
                        4_000,
                        count -> new Topology(
                                List.of(host(List.of("www.example.com"), Route.toBackend("b"))),
                                List.of(backend("b", count)))),
                of(
                        "paths of one host",
                        2_000,
                        count -> new Topology(
                                List.of(host(
                                        List.of("www.example.com"),
                                        numbers(count)
                                                .map(i -> new Route("/p" + i, "b"))
                                                .toArray(Route[]::new))),
                                List.of(backend("b", 1)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("topologies")
    void fourTimesWhatIsServedIsNoMoreThanALittleOverFourTimesTheWork(
            String name, int most, IntFunction<Topology> topologies) throws Exception {
        WorkGrowth growth =
                WorkGrowth.of(count -> rendering(topologies.apply(count), topologies.apply(count - 1)), most / 4);

        assertThat(growth.isLessThanQuadratic()).as("%s: %s", name, growth).isTrue();
    }

    /** Renders a topology from nothing, and plans a change of it. */
    private Callable<?> rendering(Topology before, Topology after) {
        RenderSettings settings = input.settings(folder);
        return () -> {
            ConfigTemplate template = BuiltInTemplate.get();
            DesiredConfig served = new DesiredConfigFactory(settings).of(before, template);
            DesiredConfig desired = new DesiredConfigFactory(settings).of(after, template);
            RenderedConfig rendered = new ConfigRenderer(settings).render(served, template);
            return List.of(
                    rendered, ApplyPlanner.plan(new RunState.Known(ProxyState.loaded(served, List.of())), desired));
        };
    }

    private static Arguments of(String name, int most, IntFunction<Topology> topologies) {
        return Arguments.of(name, most, topologies);
    }

    private static Stream<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed();
    }

    private static VirtualHost host(List<String> names, Route... routes) {
        return new VirtualHost(names.stream().map(HostName::of).toList(), List.of(routes));
    }

    private static Backend backend(String name, int servers) {
        return new Backend(
                name,
                numbers(servers)
                        .map(i -> new Server(
                                name + "/" + i,
                                "web-" + i,
                                InetAddress.getLoopbackAddress(),
                                1 + i,
                                ServerState.READY,
                                Duration.ofSeconds(5)))
                        .toList(),
                new HealthCheck.Tcp(),
                List.of(),
                List.of());
    }
}
