package io.interlock.haproxy.render.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets of requests, on a real HAProxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("haproxy")
class HostMapEntriesTest {

    @TempDir
    static Path folder;

    private final List<OriginServer> origins = new ArrayList<>();
    private HaproxyFixture rig;

    @BeforeAll
    void open() throws Exception {
        List<Backend> backends = new ArrayList<>();
        for (String name : List.of("exact", "wild", "sub", "api", "v2")) {
            OriginServer origin = new OriginServer(name);
            origins.add(origin);
            backends.add(new Backend(
                    name,
                    List.of(LoopbackTopologies.server("web", origin.port())),
                    new HealthCheck.Http("GET", "/", Optional.empty()),
                    List.of()));
        }
        rig = new HaproxyFixture(folder);
        Topology topology = new Topology(
                List.of(
                        host("foo.com www.example.com", Route.toBackend("exact")),
                        host("*.example.com", Route.toBackend("wild")),
                        host("*.sub.example.com", Route.toBackend("sub")),
                        host(
                                "shop.com *.paths.com",
                                Route.toBackend("exact"),
                                new Route("/api", "api"),
                                new Route("/api/v2", "v2")),
                        host("only.com", new Route("/api", "api"))),
                backends);
        assertThat(rig.apply(new TopologySnapshot(1, topology))).isInstanceOf(Applied.class);
    }

    @AfterAll
    void close() {
        rig.close();
        origins.forEach(OriginServer::close);
    }

    @ParameterizedTest
    @CsvSource({
        "foo.com,                 /,           exact",
        "FOO.com,                 /,           exact",
        "foo.com:8080,            /,           exact",
        "foo.com.,                /,           exact",
        "FOO.COM.:81,             /api,        exact",
        "foo.company,             /,           none",
        "xfoo.com,                /,           none",
        "a.foo.com,               /,           none",
        "a.example.com,           /,           wild",
        "a.b.c.example.com,       /,           wild",
        "example.com,             /,           none",
        "sub.example.com,         /,           wild",
        "a.sub.example.com,       /,           sub",
        "x.y.sub.example.com,     /,           sub",
        "www.example.com,         /,           exact",
        "shop.com,                /,           exact",
        "shop.com,                /api,        api",
        "shop.com,                /api/,       api",
        "shop.com,                /api/x?y=/z, api",
        "shop.com,                /api?y=1,    api",
        "shop.com,                /apix,       exact",
        "shop.com,                /api/v2/x,   v2",
        "only.com,                /api,        api",
        "only.com,                /,           none",
        "a.paths.com,             /api,        api",
        "[::1]:80,                /,           none",
        "'',                      /,           none",
    })
    void aRequestGoesWhereItsHostAndPathLead(String host, String path, String expected) throws Exception {
        HttpConnection.Response response = rig.get(host, path);

        if (expected.equals("none")) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("no route");
        } else {
            assertThat(response.body()).startsWith(expected + " for");
        }
    }

    private static VirtualHost host(String names, Route... routes) {
        return new VirtualHost(Stream.of(names.split(" ")).map(HostName::of).toList(), List.of(routes));
    }
}
